/** @typedef {import('./tree.js').Piece} Piece */
/** @typedef {import('./tree.js').PieceNote} PieceNote */

/**
 * How far a piece is written: its end, or the end of the last bar that is finished while it streams.
 * @param {Piece} piece
 */
export function readyUntil(piece) {
  const leaf = piece.segments[piece.segments.length - 1];
  const streaming = leaf?.node.streaming;
  if (!leaf || !streaming) return piece.end;
  return Math.max(leaf.start, Math.min(piece.end, piece.timeline.barStart(streaming.ready + 1)));
}

/**
 * The quarter at which a note falls silent: its end, or when the pedal that is down there comes up, or
 * when the same key is struck again.
 * @param {Piece} piece
 * @param {PieceNote} note
 */
export function heardUntil(piece, note) {
  const end = note.onset + note.duration;
  const pedal = piece.pedals.find(({ part, down, up }) => part === note.part && down <= end && end < up);
  if (!pedal) return end;
  const again = piece.notes.find((each) => each.pitch === note.pitch && each.part === note.part &&
    each.onset >= end - 1e-6 && each !== note);
  return Math.max(end, Math.min(pedal.up, again?.onset ?? Infinity));
}

/**
 * The place in a piece that is heard, tied to a clock of seconds. Changing the piece keeps the place,
 * so that ways on can be compared in the middle of a bar.
 */
export class Playhead {
  /**
   * @param {Piece} piece
   * @param {number} quarter where to begin
   * @param {number} at seconds of the clock when that sounds
   */
  constructor(piece, quarter, at) {
    this.piece = piece;
    /** Everything before this quarter has been handed out. */
    this.handedOut = quarter;
    this.origin = at - piece.timeline.seconds(quarter);
  }

  /** @param {number} now */
  quarter(now) {
    return this.piece.timeline.quarters(Math.max(0, now - this.origin));
  }

  /** @param {number} quarter */
  time(quarter) {
    return this.origin + this.piece.timeline.seconds(quarter);
  }

  /** @param {Piece} piece @param {number} now */
  change(piece, now) {
    const quarter = this.quarter(now);
    this.piece = piece;
    this.handedOut = quarter;
    this.origin = now - piece.timeline.seconds(quarter);
  }

  /**
   * The same piece with more notes.
   * @param {Piece} piece
   */
  grow(piece) {
    this.piece = piece;
  }

  /**
   * The notes to schedule so that all is heard until a moment. Waits, by moving the origin, where
   * the piece is not written yet.
   * @param {number} now
   * @param {number} until
   * @returns {{ note: PieceNote, at: number, duration: number }[]} seconds
   */
  due(now, until) {
    const ready = readyUntil(this.piece);
    if (ready < this.piece.end - 1e-6 && this.quarter(now) >= ready) {
      this.origin = now - this.piece.timeline.seconds(ready);
    }
    const to = Math.min(this.quarter(until), ready < this.piece.end - 1e-6 ? ready : Infinity);
    if (to <= this.handedOut) return [];
    const from = this.handedOut;
    this.handedOut = to;
    const { timeline, notes } = this.piece;
    return notes.filter((note) => note.onset >= from - 1e-9 && note.onset < to - 1e-9)
      .map((note) => {
        const at = this.time(note.onset);
        const end = this.origin + timeline.seconds(heardUntil(this.piece, note));
        return { note, at, duration: end - at };
      });
  }

  /** @param {number} now */
  isOver(now) {
    return this.quarter(now) >= Math.max(this.piece.end, readyUntil(this.piece)) - 1e-6 &&
      !this.piece.segments[this.piece.segments.length - 1]?.node.streaming;
  }
}
