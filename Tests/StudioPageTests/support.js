/** @typedef {import('../../Sources/Studio/Page/music/types.js').Node} Node */
/** @typedef {import('../../Sources/Studio/Page/music/types.js').Note} Note */
/** @typedef {import('../../Sources/Studio/Page/music/types.js').Session} Session */

/**
 * @param {number} pitch
 * @param {number} onset
 * @param {number} duration
 * @returns {Note}
 */
export function note(pitch, onset, duration = 1) {
  return { pitch, onset, duration, velocity: 80, part: 0 };
}

/**
 * @param {Partial<Node> & { id: string }} fields
 * @returns {Node}
 */
export function node(fields) {
  return {
    parent: 'root', kind: 'take', name: '', annotation: '', pinned: false, fromBar: 1, bars: 2,
    notes: [], ...fields,
  };
}

/**
 * @param {Node[]} nodes
 * @param {Partial<Session>} fields
 * @returns {Session}
 */
export function session(nodes, fields = {}) {
  const root = node({ id: 'root', parent: null, kind: 'root', bars: 0 });
  return {
    id: 's', title: '', tempo: 120, meter: '4/4', parts: [{ name: 'Piano', program: 0 }],
    root: 'root', nodes: [root, ...nodes], ...fields,
  };
}
