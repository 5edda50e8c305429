/**
 * One step towards a state, as plain data: the server keeps what is deleted while it has room,
 * so each can be taken back even after a reload.
 * @typedef {{ kind: 'delete' | 'restore', node: string }
 *   | { kind: 'patch', node: string, fields: Record<string, any> }
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
