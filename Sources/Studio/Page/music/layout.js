/** @typedef {import('./types.js').Note} Note */

/** Which part of the music a roll shows, and where: quarters and pitches to pixels and back. */
export class RollLayout {
  /**
   * @param {{ width: number, height: number, from: number, scale: number, low: number, high: number,
   * top?: number, left?: number }} view pixels, the first quarter, pixels a quarter, pitches
   */
  constructor(view) {
    this.width = view.width;
    this.height = view.height;
    this.from = view.from;
    this.scale = view.scale;
    this.low = view.low;
    this.high = view.high;
    this.top = view.top ?? 0;
    this.left = view.left ?? 0;
    this.row = (this.height - this.top) / (this.high - this.low + 1);
  }

  get to() {
    return this.from + (this.width - this.left) / this.scale;
  }

  /** @param {number} quarter */
  x(quarter) {
    return this.left + (quarter - this.from) * this.scale;
  }

  /**
   * The top of a pitch's row.
   * @param {number} pitch
   */
  y(pitch) {
    return this.top + (this.high - pitch) * this.row;
  }

  /** @param {number} x */
  quarter(x) {
    return this.from + (x - this.left) / this.scale;
  }

  /** @param {number} y */
  pitch(y) {
    return this.high - Math.floor((y - this.top) / this.row);
  }

  /**
   * The note under a point, the last drawn first, and whether the point is at its end.
   * @template {Note} T
   * @param {T[]} notes
   * @param {number} x
   * @param {number} y
   */
  noteAt(notes, x, y) {
    const pitch = this.pitch(y);
    for (let place = notes.length - 1; place >= 0; place -= 1) {
      const note = /** @type {T} */ (notes[place]);
      const left = this.x(note.onset);
      const right = Math.max(left + 5, this.x(note.onset + note.duration));
      if (note.pitch !== pitch || x < left - 2 || x > right + 3) continue;
      return { note, atEnd: x > right - Math.min(8, (right - left) / 3) };
    }
    return null;
  }
}

/**
 * The pitches that a roll shows: all that occur, some room around them, two octaves at the least.
 * @param {Note[]} notes
 * @param {number} room
 */
export function pitchRange(notes, room = 3) {
  let low = Infinity;
  let high = -Infinity;
  for (const note of notes) {
    low = Math.min(low, note.pitch);
    high = Math.max(high, note.pitch);
  }
  if (low > high) return { low: 48, high: 84 };
  low -= room;
  high += room;
  const missing = Math.max(0, 24 - (high - low));
  return {
    low: Math.max(0, low - Math.ceil(missing / 2)),
    high: Math.min(127, high + Math.floor(missing / 2)),
  };
}
