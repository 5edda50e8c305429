import { withoutOverlaps } from './quantising.js';
import { Timeline } from './time.js';

/** @typedef {import('./types.js').Node} Node */
/** @typedef {import('./types.js').Note} Note */
/** @typedef {import('./types.js').Session} Session */
/** @typedef {Note & { owner: string, index: number }} PieceNote `index` into its owner's notes */
/** @typedef {{ node: Node, fromBar: number, start: number, end: number }} Segment quarters */
/**
 * The music from the root to a node, put together.
 * @typedef {{ notes: PieceNote[], segments: Segment[], timeline: Timeline, bars: number,
 *   end: number, pedals: import('./types.js').Pedal[] }} Piece
 */

/**
 * The nodes that are not deleted.
 * @param {Session} session
 */
export function living(session) {
  return session.nodes.filter((node) => !node.deleted);
}

/** @param {Session} session @param {string | null} id */
export function nodeOf(session, id) {
  return session.nodes.find((node) => node.id === id && !node.deleted) ?? null;
}

/**
 * From the root to a node.
 * @param {Session} session
 * @param {string} id
 * @returns {Node[]}
 */
export function pathTo(session, id) {
  const byId = new Map(session.nodes.map((node) => [node.id, node]));
  /** @type {Node[]} */
  const path = [];
  for (let node = byId.get(id); node && path.length <= byId.size; ) {
    path.unshift(node);
    node = node.parent === null ? undefined : byId.get(node.parent);
  }
  return path;
}

/**
 * The piece at a node: each ancestor's music up to where the first later one begins, then its own. What
 * still sounds at that bar line is cut there.
 * @param {Session} session
 * @param {string} id
 * @returns {Piece}
 */
export function pieceAt(session, id) {
  const path = pathTo(session, id);
  const timeline = timelineOf(session, path);
  /** @type {Segment[]} */
  const segments = [];
  /** @type {PieceNote[]} */
  const notes = [];
  /** @type {import('./types.js').Pedal[]} */
  const pedals = [];
  path.forEach((node, place) => {
    const later = path.slice(place + 1);
    const start = timeline.barStart(node.fromBar);
    // One that comes later may begin before this one's music.
    const next = Math.min(...later.map(({ fromBar }) => fromBar));
    const end = timeline.barStart(later.length > 0 ? next : node.fromBar + node.bars);
    if (end > start) segments.push({ node, fromBar: node.fromBar, start, end });
    const cut = later.length > 0 ? end : Infinity;
    for (const pedal of node.pedals ?? []) {
      if (pedal.down < cut) pedals.push({ ...pedal, up: Math.min(pedal.up, cut) });
    }
    node.notes.forEach((note, index) => {
      if (note.onset >= cut - 1e-6) return;
      const duration = Math.min(note.duration, cut - note.onset);
      notes.push({ ...note, duration, owner: node.id, index });
    });
  });
  notes.sort((a, b) => a.onset - b.onset || a.pitch - b.pitch);
  const played = withoutOverlaps(notes);
  const leaf = path[path.length - 1];
  const bars = leaf ? leaf.fromBar + leaf.bars - 1 : 0;
  return { notes: played, segments, timeline, bars, end: timeline.barStart(bars + 1), pedals };
}

/** @param {Session} session @param {Node[]} path */
function timelineOf(session, path) {
  let timeline = new Timeline(session.tempo, session.meter);
  /** @type {import('./types.js').TempoChange[]} */
  let tempos = [];
  /** @type {import('./types.js').MeterChange[]} */
  let meters = [];
  for (const node of path) {
    if (!node.tempos?.length && !node.meters?.length && !tempos.length && !meters.length) continue;
    const start = timeline.barStart(node.fromBar);
    tempos = tempos.filter((each) => each.onset < start - 1e-6).concat(node.tempos ?? []);
    meters = meters.filter((each) => each.onset < start - 1e-6).concat(node.meters ?? []);
    timeline = new Timeline(session.tempo, session.meter, tempos, meters);
  }
  return timeline;
}

/**
 * The beat that a piece keeps at a quarter: what its files and players set. Takes hurry and linger, and
 * nobody wants a metronome that does.
 * @param {Session} session
 * @param {Piece} piece
 * @param {number} quarter
 */
export function steadyTempo(session, piece, quarter) {
  let tempo = session.tempo;
  for (const { node, end } of piece.segments) {
    if (node.kind === 'take') continue;
    for (const change of node.tempos ?? []) {
      if (change.onset <= quarter + 1e-6 && change.onset < end) tempo = change.tempo;
    }
  }
  return tempo;
}

/**
 * The node that music from a bar on is added to: the last on the path that keeps a bar of its own
 * before it. Trying again from where a take began makes a sibling of that take.
 * @param {Session} session
 * @param {string} id
 * @param {number} bar
 * @returns {Node | null}
 */
export function parentFor(session, id, bar) {
  const path = pathTo(session, id);
  for (let place = path.length - 1; place >= 0; place -= 1) {
    const node = path[place];
    if (node && (node.fromBar < bar || node.kind === 'root')) return node;
  }
  return path[0] ?? null;
}

/**
 * Other ways to go on from the same bar, in the order they were made, itself among them.
 * @param {Session} session
 * @param {string} id
 */
export function siblings(session, id) {
  const node = nodeOf(session, id);
  if (!node || node.kind === 'root') return [];
  return waysOn(session, node.parent, node.fromBar);
}

/** @param {Session} session @param {string | null} parent @param {number} fromBar */
export function waysOn(session, parent, fromBar) {
  return living(session).filter((node) => node.parent === parent && node.fromBar === fromBar);
}

/** @param {number} place from 0 */
export function letter(place) {
  const name = String.fromCharCode(65 + (place % 26));
  return place < 26 ? name : name + String(Math.floor(place / 26) + 1);
}

/**
 * What a node is called where it has no name of its own.
 * @param {Session} session
 * @param {Node} node
 */
export function nameOf(session, node) {
  if (node.name) return node.name;
  if (node.kind === 'root') return 'Beginning';
  if (node.kind === 'file') return 'File';
  const kin = waysOn(session, node.parent, node.fromBar).filter((each) => each.kind === node.kind);
  const place = kin.findIndex((each) => each.id === node.id);
  const mark = letter(Math.max(0, place));
  if (node.kind === 'take') return `Take ${mark}`;
  return kin.length > 1 ? `You, ${mark}` : 'You';
}

/** @param {Node} node */
export function barsText(node) {
  const end = node.fromBar + node.bars - 1;
  if (node.bars <= 0) return 'empty';
  return node.bars === 1 ? `bar ${end}` : `bars ${node.fromBar}–${end}`;
}

/**
 * The tree as rows to draw, root left out. A node alone on its way stays in its parent's column, so
 * that a long piece does not wander to the right; where ways part, they are set in.
 * @param {Session} session
 */
export function treeRows(session) {
  /** @type {Map<string | null, Node[]>} */
  const children = new Map();
  for (const node of living(session)) {
    children.set(node.parent, [...(children.get(node.parent) ?? []), node]);
  }
  /** @type {{ node: Node, depth: number, level: number, of: number, place: number, gap: number }[]} */
  const rows = [];
  /** @type {(id: string, depth: number, level: number) => void} */
  const visit = (id, depth, level) => {
    const kin = children.get(id) ?? [];
    let above = rows.length - 1;
    kin.forEach((node, place) => {
      const inner = depth + (kin.length > 1 ? 1 : 0);
      rows.push({ node, depth: inner, level, of: kin.length, place, gap: rows.length - above });
      above = rows.length - 1;
      visit(node.id, inner, level + 1);
    });
  };
  visit(session.root, 0, 1);
  return rows;
}

/**
 * The deepest node that was made last: where to open a session.
 * @param {Session} session
 */
export function latest(session) {
  const nodes = living(session);
  const parents = new Set(nodes.map((node) => node.parent));
  const leaves = nodes.filter((node) => !parents.has(node.id));
  return leaves[leaves.length - 1]?.id ?? session.root;
}

/**
 * A node and all below it.
 * @param {Session} session
 * @param {string} id
 */
export function withDescendants(session, id) {
  const found = new Set([id]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const node of session.nodes) {
      if (node.parent !== null && found.has(node.parent) && !found.has(node.id)) {
        found.add(node.id);
        grown = true;
      }
    }
  }
  return found;
}
