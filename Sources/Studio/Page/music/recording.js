import { quantise } from './quantising.js';

/** @typedef {import('./types.js').RawNote} RawNote */

/** Gathers what is played: pressed keys, the pedal, and notes in seconds of any one clock. */
export class Recording {
  constructor() {
    /**
     * `up`: when the key was let go; `end`: when the sound ended, which the pedal holds.
     * @type {{ pitch: number, onset: number, up: number | null, end: number | null, velocity: number }[]}
     */
    this.notes = [];
    this.pedal = false;
  }

  /** @param {number} pitch @param {number} velocity 1…127 @param {number} at seconds */
  noteOn(pitch, velocity, at) {
    this.end(pitch, at);
    this.notes.push({ pitch, onset: at, up: null, end: null, velocity });
  }

  /** @param {number} pitch @param {number} at */
  noteOff(pitch, at) {
    for (const note of this.notes) if (note.pitch === pitch) note.up ??= at;
    if (!this.pedal) this.end(pitch, at);
  }

  /** @param {boolean} down @param {number} at */
  pedalTo(down, at) {
    this.pedal = down;
    if (down) return;
    for (const note of this.notes) if (note.up !== null) note.end ??= at;
  }

  /** @param {number} pitch @param {number} at */
  end(pitch, at) {
    for (const note of this.notes) {
      if (note.pitch !== pitch) continue;
      note.up ??= at;
      note.end ??= at;
    }
  }

  get isEmpty() {
    return this.notes.length === 0;
  }

  /** Whether a key is down. */
  get isHeld() {
    return this.notes.some((note) => note.up === null);
  }

  /** Seconds of the latest onset or end. */
  get latest() {
    return this.notes.reduce((latest, note) => Math.max(latest, note.end ?? note.onset), -Infinity);
  }

  /**
   * What was played until now, on the grid of a piece and as it was.
   * @param {{ origin: number, now: number, tempo: number, start: number, part: number }} place `origin`: seconds
   * of the bar line that is at the quarter `start` of the piece
   */
  written({ origin, now, tempo, start, part }) {
    return {
      notes: quantise(this.sounding(origin, now), tempo, start, part), raw: this.raw(origin, now),
    };
  }

  /**
   * What the keys did, from an origin on; a key that is still down has been so until now.
   * @param {number} origin
   * @param {number} now
   */
  raw(origin, now) {
    return this.notes.map((note) => timed(note, note.up ?? now, origin));
  }

  /**
   * What was heard, with the pedal.
   * @param {number} origin
   * @param {number} now
   */
  sounding(origin, now) {
    return this.notes.map((note) => timed(note, note.end ?? now, origin));
  }
}

/**
 * @param {{ pitch: number, onset: number, velocity: number }} note
 * @param {number} end
 * @param {number} origin
 * @returns {RawNote}
 */
function timed({ pitch, onset, velocity }, end, origin) {
  return { pitch, onset: onset - origin, duration: Math.max(0.01, end - onset), velocity };
}
