import { isBlack, pitchName } from '../music/keys.js';
import { colours } from './colours.js';

/** @typedef {import('../music/layout.js').RollLayout} RollLayout */
/** @typedef {import('../music/tree.js').Piece} Piece */
/** @typedef {import('../music/types.js').Note} Note */

/**
 * A canvas that is as sharp as the screen, cleared. How large it is shown is for the caller or CSS to say.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 */
export function prepared(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const wide = Math.round(width * ratio);
  const high = Math.round(height * ratio);
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
  }
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/** @param {CanvasRenderingContext2D} context @param {RollLayout} layout */
export function drawRows(context, layout) {
  context.fillStyle = colours.get('paper');
  context.fillRect(layout.left, layout.top, layout.width - layout.left, layout.height - layout.top);
  context.fillStyle = colours.get('row');
  for (let pitch = layout.low; pitch <= layout.high; pitch += 1) {
    if (isBlack(pitch)) {
      context.fillRect(layout.left, layout.y(pitch), layout.width - layout.left, layout.row);
    }
  }
}

/**
 * Lines at bars and, where there is room, at beats.
 * @param {CanvasRenderingContext2D} context
 * @param {RollLayout} layout
 * @param {Piece} piece
 */
export function drawGrid(context, layout, piece) {
  for (const beat of piece.timeline.beats(Math.max(0, layout.from - 1), layout.to)) {
    const x = Math.round(layout.x(beat.quarter)) + 0.5;
    if (x < layout.left || (!beat.first && layout.scale < 14)) continue;
    context.strokeStyle = colours.get(beat.first ? 'bar' : 'beat');
    context.beginPath();
    context.moveTo(x, layout.top);
    context.lineTo(x, layout.height);
    context.stroke();
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {RollLayout} layout
 * @param {Note} note
 * @param {string} colour
 * @param {{ faint?: boolean, outlined?: boolean }} [look]
 */
export function drawNote(context, layout, note, colour, look = {}) {
  if (note.onset > layout.to || note.onset + note.duration < layout.from) return;
  const gap = layout.row > 4 ? 1 : 0;
  const x = layout.x(note.onset);
  const width = Math.max(2.5, note.duration * layout.scale - (layout.scale > 12 ? 1.5 : 0.5));
  const height = Math.max(2, layout.row - gap);
  context.globalAlpha = look.faint ? 0.45 : 0.5 + 0.5 * Math.min(1, note.velocity / 100);
  context.fillStyle = colour;
  context.beginPath();
  /** @type {any} */ (context).roundRect(x, layout.y(note.pitch), width, height, Math.min(3, height / 2));
  context.fill();
  context.globalAlpha = 1;
  if (!look.outlined) return;
  context.strokeStyle = colours.get('ink');
  context.lineWidth = 2;
  context.stroke();
  context.lineWidth = 1;
}

/**
 * The keys at the left edge, with the names of the Cs.
 * @param {CanvasRenderingContext2D} context
 * @param {RollLayout} layout
 * @param {Map<number, string>} lit pitches and the names of their colours
 */
export function drawKeys(context, layout, lit) {
  context.fillStyle = colours.get('ivory');
  context.fillRect(0, layout.top, layout.left, layout.height - layout.top);
  context.font = '10px system-ui, sans-serif';
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (let pitch = layout.low; pitch <= layout.high; pitch += 1) {
    const y = layout.y(pitch);
    if (isBlack(pitch)) {
      context.fillStyle = colours.get('ebony');
      context.fillRect(0, y, layout.left * 0.58, Math.max(1, layout.row - 0.5));
    }
    if (pitch % 12 === 0 || pitch % 12 === 5) {
      context.fillStyle = colours.get('key-line');
      context.fillRect(0, y + layout.row - 0.5, layout.left, 1);
    }
    const colour = lit.get(pitch);
    if (colour) {
      context.fillStyle = colours.get(colour);
      context.fillRect(0, y, layout.left, layout.row);
    }
    if (pitch % 12 === 0) {
      context.fillStyle = '#444';
      const middle = Math.min(layout.height - 6, Math.max(layout.top + 6, y + layout.row / 2));
      context.fillText(pitchName(pitch), layout.left - 4, middle);
    }
  }
  context.fillStyle = colours.get('bar');
  context.fillRect(layout.left - 1, layout.top, 1, layout.height - layout.top);
}

/**
 * A small roll without anything around it.
 * @param {HTMLCanvasElement} canvas
 * @param {{ notes: Note[], kind: string, from: number, to: number, low: number, high: number,
 * bars: number[], heard: number | null }} view
 */
export function drawSmall(canvas, view) {
  const { clientWidth: width, clientHeight: height } = canvas;
  if (width === 0) return;
  const context = prepared(canvas, width, height);
  if (!context) return;
  const across = (/** @type {number} */ at) => ((at - view.from) / (view.to - view.from)) * width;
  context.fillStyle = colours.get('bar');
  for (const bar of view.bars) context.fillRect(Math.round(across(bar)), 0, 1, height);
  const row = height / (view.high - view.low + 1);
  for (const note of view.notes) {
    context.fillStyle = colours.note(view.kind, note.part);
    const left = across(note.onset);
    const wide = Math.max(2, across(note.onset + note.duration) - left - 1);
    context.fillRect(left, (view.high - note.pitch) * row, wide, Math.max(1.5, row));
  }
  if (view.heard === null || view.heard < view.from || view.heard > view.to) return;
  context.fillStyle = colours.get('playhead');
  context.fillRect(across(view.heard) - 1, 0, 2, height);
}
