/** @typedef {import('./types.js').Note} Note */
/**
 * One step towards a state, as plain data: the server keeps what is deleted while it has room,
 * so each can be taken back even after a reload.
 * @typedef {{ kind: 'delete' | 'restore', node: string }
 *   | { kind: 'patch', node: string, fields: Record<string, any> }
 *   | { kind: 'notes', node: string, out: Note[], into: Note[] }
 *   | { kind: 'session', fields: Record<string, any> }} Step
 * @typedef {{ label: string, undo: Step[], redo: Step[] }} Change
 */

const limit = 200;

/** What can be undone and done again. */
export class History {
  /** @param {{ past?: Change[], future?: Change[] }} [kept] as `JSON.stringify` wrote one */
  constructor(kept = {}) {
    /** @type {Change[]} */
    this.past = Array.isArray(kept.past) ? kept.past : [];
    /** @type {Change[]} */
    this.future = Array.isArray(kept.future) ? kept.future : [];
  }

  /** @param {Change} change */
  record(change) {
    this.past.push(change);
    if (this.past.length > limit) this.past.shift();
    this.future = [];
  }

  /** The change to take back, or null. It counts as taken back once `undone` is called. */
  get undoable() {
    return this.past[this.past.length - 1] ?? null;
  }

  get redoable() {
    return this.future[this.future.length - 1] ?? null;
  }

  undone() {
    const change = this.past.pop();
    if (change) this.future.push(change);
  }

  redone() {
    const change = this.future.pop();
    if (change) this.past.push(change);
  }

  toJSON() {
    return { past: this.past, future: this.future };
  }
}

/**
 * @param {string} label
 * @param {string[]} nodes
 * @returns {Change}
 */
export function added(label, nodes) {
  return {
    label,
    undo: nodes.map((node) => ({ kind: 'delete', node })),
    redo: nodes.map((node) => ({ kind: 'restore', node })),
  };
}

/**
 * @param {string} label
 * @param {string} node
 * @returns {Change}
 */
export function deleted(label, node) {
  return { label, undo: [{ kind: 'restore', node }], redo: [{ kind: 'delete', node }] };
}

/**
 * @param {string} label
 * @param {string} node
 * @param {Record<string, any>} before
 * @param {Record<string, any>} after
 * @returns {Change}
 */
export function patched(label, node, before, after) {
  return {
    label,
    undo: [{ kind: 'patch', node, fields: before }],
    redo: [{ kind: 'patch', node, fields: after }],
  };
}

/**
 * Notes that were changed: only these are remembered, as a piece may have thousands of others.
 * @param {string} label
 * @param {string} node
 * @param {Note[]} before
 * @param {Note[]} after
 * @returns {Change}
 */
export function edited(label, node, before, after) {
  const out = without(before, after);
  const into = without(after, before);
  return {
    label,
    undo: [{ kind: 'notes', node, out: into, into: out }],
    redo: [{ kind: 'notes', node, out, into }],
  };
}

/**
 * Notes with some taken out and others put in, in order.
 * @param {Note[]} notes
 * @param {{ out: Note[], into: Note[] }} change
 */
export function replaced(notes, { out, into }) {
  return [...without(notes, out), ...into].sort((a, b) => a.onset - b.onset || a.pitch - b.pitch);
}

/**
 * The notes that are not among others, each as often as it is more often.
 * @param {Note[]} notes
 * @param {Note[]} others
 */
function without(notes, others) {
  /** @type {Map<string, number>} */
  const left = new Map();
  for (const note of others) left.set(nameOf(note), (left.get(nameOf(note)) ?? 0) + 1);
  return notes.filter((note) => {
    const count = left.get(nameOf(note)) ?? 0;
    left.set(nameOf(note), count - 1);
    return count <= 0;
  });
}

/**
 * The server keeps quarters in 480ths, so that a number may come back a little different.
 * @param {Note} note
 */
function nameOf({ pitch, onset, duration, velocity, part }) {
  return [pitch, Math.round(onset * 480), Math.round(duration * 480), velocity, part].join(' ');
}
