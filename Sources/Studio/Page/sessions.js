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
  return rows.sort((/** @type {any} */ a, /** @type {any} */ b) =>
    (moment(b.changed) - moment(a.changed)) || 0);
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
  // What runs, and what was played, belongs to the piece before.
  studio.dispatchEvent(new Event('leave'));
  studio.asking?.abort();
  studio.hold(session);
  history.replaceState(null, '', `#${session.id}`);
}

/**
 * Reads the open session anew, and keeps takes that are still being written.
 * @param {Studio} studio
 */
export async function refresh(studio) {
  const id = studio.session?.id;
  if (!id) return;
  const session = await ask(`/api/sessions/${id}`);
  if (studio.session?.id === id) studio.hold(merged(studio.session, session));
}

/** @param {string} id */
export async function remove(id) {
  await ask(`/api/sessions/${id}`, { method: 'DELETE' });
}

/** @param {string} id */
export async function restore(id) {
  await ask(`/api/sessions/${id}/restore`, { method: 'POST' });
}

/**
 * A session as the server told it, with what has been added here since it was asked.
 * @param {import('./music/types.js').Session} here
 * @param {import('./music/types.js').Session} told
 */
export function merged(here, told) {
  const known = new Set(told.nodes.map(({ id }) => id));
  return { ...told, nodes: [...told.nodes, ...here.nodes.filter(({ id }) => !known.has(id))] };
}
