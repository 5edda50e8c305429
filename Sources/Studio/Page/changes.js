import { ask, Trouble } from './api.js';
import { added, deleted, edited, patched, replaced } from './music/history.js';
import { latest, nameOf, nodeOf, parentFor, steadyTempo, withDescendants } from './music/tree.js';
import { refresh } from './sessions.js';
import { remember } from './studio.js';

/** @typedef {import('./studio.js').Studio} Studio */
/** @typedef {import('./music/history.js').Step} Step */
/** @typedef {import('./music/history.js').Change} Change */
/** @typedef {import('./music/types.js').Node} Node */
/** @typedef {import('./music/types.js').Note} Note */

/** @param {Studio} studio */
export function sessionPath(studio) {
  return `/api/sessions/${studio.session?.id}`;
}

/** @param {Studio} studio @param {string} node */
export function nodePath(studio, node) {
  return `${sessionPath(studio)}/nodes/${node}`;
}

/**
 * Changes happen one after the other, so that none overtakes another on its way to the server.
 * @template T
 * @param {Studio} studio
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function inTurn(studio, work) {
  const done = studio.turn.then(work);
  studio.turn = done.catch(() => undefined);
  return done;
}

/**
 * Remembers a change that has happened.
 * @param {Studio} studio
 * @param {Change} change
 */
export function record(studio, change) {
  studio.history.record(change);
  remember(studio);
  studio.changed();
}

/** An id for a node, at random. */
export function newID() {
  const letters = '0123456789abcdefghjkmnpqrstvwxyz';
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => letters[byte % 32]).join('');
}

/**
 * Adds notes that were played or drawn, from a bar of the shown piece on.
 * @param {Studio} studio
 * @param {{ fromBar: number, bars: number, notes: Note[], raw?: object[] | null, after?: string,
 *   id?: string }} played `after` what is chosen where that is not told, or gone; `id` of the node, where it may have
 * been sent before
 * @param {{ choose?: boolean }} options `choose`: else the choice stays
 * @returns {Promise<Node | null>}
 */
export async function addPlayed(studio, played, options = {}) {
  const session = studio.session;
  const after = session && nodeOf(session, played.after ?? null)?.id;
  const parent = session && parentFor(session, after ?? studio.selected, played.fromBar);
  if (!session || !parent) return null;
  const { id, fromBar, bars, notes, raw } = played;
  const json = { id, parent: parent.id, fromBar, bars, notes, raw: raw ?? undefined, tempos: beatAgain(studio, fromBar) };
  const path = `${sessionPath(studio)}/nodes`;
  const node = await inTurn(studio, () => ask(path, { method: 'POST', json }));
  // Another piece may be open by now.
  if (studio.session?.id !== session.id) return node;
  // It may be known already, where it was sent before.
  const isNew = !node.deleted && !nodeOf(studio.session, node.id);
  if (isNew) studio.session.nodes.push(node);
  if (options.choose ?? true) studio.select(node.id);
  if (isNew) record(studio, added('what you played', [node.id]));
  return node;
}

/**
 * The steady beat, where a take before has left it.
 * @param {Studio} studio
 * @param {number} bar
 */
function beatAgain({ session, piece }, bar) {
  if (!session || !piece) return undefined;
  const onset = piece.timeline.barStart(bar);
  const tempo = steadyTempo(session, piece, onset);
  return Math.abs(piece.timeline.tempoAt(onset) - tempo) < 0.01 ? undefined : [{ onset, tempo }];
}

/**
 * Changes fields of a node.
 * @param {Studio} studio
 * @param {Node} node
 * @param {Partial<Node>} fields
 * @param {string} label what undo takes back
 */
export async function patch(studio, node, fields, label) {
  /** @type {Record<string, any>} */
  const before = {};
  for (const name of Object.keys(fields)) before[name] = node[/** @type {keyof Node} */ (name)];
  // Shown at once; put back where the server refuses.
  Object.assign(node, fields);
  studio.changed();
  try {
    await inTurn(studio, () => ask(nodePath(studio, node.id), { method: 'PATCH', json: fields }));
  } catch (error) {
    Object.assign(node, before);
    studio.changed();
    throw error;
  }
  // Where the session was read again meanwhile, another object is the node now.
  const now = studio.session?.nodes.find((each) => each.id === node.id);
  if (now && now !== node) Object.assign(now, fields);
  const notes = fields.notes;
  record(studio, notes ? edited(label, node.id, before['notes'], notes) : patched(label, node.id, before, fields));
}

/**
 * @param {Studio} studio
 * @param {Node} node
 */
export async function remove(studio, node) {
  if (!studio.session || node.kind === 'root' || node.streaming) return;
  const label = nameOf(studio.session, node);
  await inTurn(studio, () => step(studio, { kind: 'delete', node: node.id }));
  record(studio, deleted(label, node.id));
}

/**
 * @param {Studio} studio
 * @param {Record<string, unknown>} fields title, tempo, meter or parts
 * @param {string} label
 */
export async function patchSession(studio, fields, label) {
  const session = studio.session;
  if (!session) return;
  /** @type {Record<string, unknown>} */
  const before = {};
  for (const name of Object.keys(fields)) before[name] = /** @type {any} */ (session)[name];
  await inTurn(studio, () => step(studio, { kind: 'session', fields }));
  record(studio, {
    label, undo: [{ kind: 'session', fields: before }], redo: [{ kind: 'session', fields }],
  });
}

/**
 * @param {Studio} studio
 * @returns {Promise<string | null>} what was taken back
 */
export function undo(studio) {
  return inTurn(studio, async () => {
    const change = studio.history.undoable;
    if (!change) return null;
    await steps(studio, change.undo, () => studio.history.past.pop());
    studio.history.undone();
    remember(studio);
    studio.changed();
    return change.label;
  });
}

/**
 * @param {Studio} studio
 * @returns {Promise<string | null>} what was done again
 */
export function redo(studio) {
  return inTurn(studio, async () => {
    const change = studio.history.redoable;
    if (!change) return null;
    await steps(studio, change.redo, () => studio.history.future.pop());
    studio.history.redone();
    const last = change.redo[change.redo.length - 1];
    if (last?.kind === 'restore') studio.select(last.node);
    remember(studio);
    studio.changed();
    return change.label;
  });
}

/**
 * @param {Studio} studio
 * @param {Step[]} list
 * @param {() => unknown} forget the change, as what it is about is gone for good
 */
async function steps(studio, list, forget) {
  try {
    for (const each of list) await step(studio, each);
  } catch (error) {
    if (error instanceof Trouble && error.status === 404) {
      forget();
      remember(studio);
      studio.changed();
    }
    throw error;
  }
}

/**
 * One step, on the server first.
 * @param {Studio} studio
 * @param {Step} change
 */
async function step(studio, change) {
  const session = studio.session;
  if (!session) return;
  if (change.kind === 'session') {
    await ask(sessionPath(studio), { method: 'PATCH', json: change.fields });
    Object.assign(session, change.fields);
  } else if (change.kind === 'patch' || change.kind === 'notes') {
    const node = session.nodes.find((each) => each.id === change.node);
    const fields = change.kind === 'patch' ? change.fields : { notes: replaced(node?.notes ?? [], change) };
    await ask(nodePath(studio, change.node), { method: 'PATCH', json: fields });
    if (node) Object.assign(node, fields);
  } else if (change.kind === 'delete') {
    await ask(nodePath(studio, change.node), { method: 'DELETE' });
    hide(studio, change.node);
  } else {
    await ask(`${nodePath(studio, change.node)}/restore`, { method: 'POST' });
    await refresh(studio);
    studio.select(change.node);
  }
  studio.changed();
}

/**
 * @param {Studio} studio
 * @param {string} id
 */
function hide(studio, id) {
  const session = studio.session;
  const node = session && nodeOf(session, id);
  if (!session || !node) return;
  const gone = withDescendants(session, id);
  const place = session.nodes.filter((each) => each.parent === node.parent &&
    each.fromBar === node.fromBar && !each.deleted);
  for (const each of session.nodes) if (gone.has(each.id)) each.deleted = true;
  if (!gone.has(studio.selected)) return;
  // The nearest that is left: a sibling, else where it began.
  const next = place.find((each) => !each.deleted);
  studio.select(next?.id ?? node.parent ?? latest(session));
}
