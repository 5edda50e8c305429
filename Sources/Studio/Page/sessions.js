import { ask } from './api.js';
import { keep } from './studio.js';

/** @typedef {import('./studio.js').Studio} Studio */

/**
 * Opens what was open here before, else the latest piece, else a new one.
 * @param {Studio} studio
 */
export async function openFirst(studio) {
  const rows = await list();
  const wanted = location.hash.slice(1) || keep.get('clara.session');
  const row = rows.find((each) => each.id === wanted) ?? rows[0];
  if (row) await open(studio, row.id);
  else await create(studio, {});
}

/** @returns {Promise<import('./music/types.js').SessionRow[]>} the latest first */
export async function list() {
  const rows = await ask('/api/sessions');
  return rows.sort((/** @type {any} */ a, /** @type {any} */ b) => moment(b.changed) - moment(a.changed));
}

/**
 * Milliseconds of a moment that the server tells as text or in seconds.
 * @param {string | number} told
 */
export function moment(told) {
  return typeof told === 'number' ? told * 1000 : Date.parse(told);
}

/**
 * @param {Studio} studio
 * @param {string} id
 */
export async function open(studio, id) {
  show(studio, await ask(`/api/sessions/${id}`));
}

/**
 * @param {Studio} studio
 * @param {Record<string, unknown>} fields
 */
export async function create(studio, fields) {
  show(studio, await ask('/api/sessions', { method: 'POST', json: fields }));
}

/**
 * @param {Studio} studio
 * @param {import('./music/types.js').Session} session
 */
function show(studio, session) {
  studio.asking?.abort.abort();
  studio.draft = null;
  studio.hold(session);
  history.replaceState(null, '', `#${session.id}`);
  studio.dispatchEvent(new Event('open'));
}

/**
 * Reads the open session anew, and keeps takes that are still being written.
 * @param {Studio} studio
 */
export async function refresh(studio) {
  const id = studio.session?.id;
  if (!id) return;
  const session = await ask(`/api/sessions/${id}`);
  if (studio.session?.id !== id) return;
  session.nodes.push(...studio.session.nodes.filter((node) => node.streaming));
  studio.hold(session);
}

/** @param {string} id */
export async function remove(id) {
  await ask(`/api/sessions/${id}`, { method: 'DELETE' });
}

/** @param {string} id */
export async function restore(id) {
  await ask(`/api/sessions/${id}/restore`, { method: 'POST' });
}
