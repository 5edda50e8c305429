import { nameOf } from '../music/tree.js';
import { colours } from './colours.js';

/** @typedef {import('../music/layout.js').RollLayout} RollLayout */

/** Pixels above the notes, and those left of them. */
export const rulerHeight = 40;
export const keysWidth = 44;

/**
 * Bars above, and below them whose music it is.
 * @param {CanvasRenderingContext2D} context
 * @param {RollLayout} layout
 * @param {import('../music/tree.js').Piece} piece
 * @param {import('../studio.js').Studio} studio
 */
export function drawRuler(context, layout, piece, { session, flag, isEmpty }) {
  if (!session) return;
  context.fillStyle = colours.get('paper');
  context.fillRect(0, 0, layout.width, rulerHeight);
  context.font = '600 11px system-ui, sans-serif';
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const { node, start, end } of piece.segments) {
    drawOwner(context, layout, { name: nameOf(session, node), kind: node.kind, start, end });
  }
  const bar = piece.timeline.barStart(2) - piece.timeline.barStart(1);
  const every = Math.max(1, 2 ** Math.ceil(Math.log2(26 / (bar * layout.scale))));
  context.fillStyle = colours.get('faint');
  for (const beat of piece.timeline.beats(Math.max(0, layout.from - 8), layout.to)) {
    if (!beat.first || (beat.bar - 1) % every !== 0) continue;
    const beside = beat.bar === flag && !isEmpty ? 18 : 4;
    context.fillText(String(beat.bar), layout.x(beat.quarter) + beside, 11);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {RollLayout} layout
 * @param {{ name: string, kind: string, start: number, end: number }} owner quarters
 */
function drawOwner(context, layout, { name, kind, start, end }) {
  const left = Math.max(keysWidth, layout.x(start));
  const right = Math.min(layout.width, layout.x(end));
  if (right - left < 3) return;
  context.fillStyle = colours.note(kind, 0);
  context.globalAlpha = 0.22;
  context.fillRect(left + 1, 21, right - left - 2, 17);
  context.globalAlpha = 1;
  context.fillRect(left + 1, 36, right - left - 2, 2);
  context.save();
  context.beginPath();
  context.rect(left, 20, right - left - 4, 18);
  context.clip();
  context.fillStyle = colours.get('ink');
  context.fillText(name, left + 6, 29);
  context.restore();
}

/**
 * The place where new music begins.
 * @param {CanvasRenderingContext2D} context
 * @param {RollLayout} layout
 * @param {number} quarter
 */
export function drawFlag(context, layout, quarter) {
  const x = layout.x(quarter);
  if (x < keysWidth - 2 || x > layout.width) return;
  context.fillStyle = colours.get('flag');
  context.fillRect(x - 1, 0, 2, layout.height);
  context.beginPath();
  context.moveTo(x - 1, 0);
  context.lineTo(x + 15, 0);
  context.lineTo(x + 10, 7);
  context.lineTo(x + 15, 14);
  context.lineTo(x - 1, 14);
  context.fill();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {RollLayout} layout
 * @param {number} quarter
 * @param {string} colour
 */
export function drawLine(context, layout, quarter, colour) {
  const x = layout.x(quarter);
  if (x < keysWidth) return;
  context.fillStyle = colours.get(colour);
  context.fillRect(x - 0.75, rulerHeight, 1.5, layout.height - rulerHeight);
}
