/** @typedef {import('./types.js').RawNote} RawNote */

/** Gathers what is played: pressed keys, the pedal, and notes in seconds of any one clock. */
export class Recording {
  constructor() {
    /** @type {{ pitch: number, onset: number, end: number | null, velocity: number, held: boolean }[]} */
    this.notes = [];
    this.pedal = false;
  }

  /** @param {number} pitch @param {number} velocity 1…127 @param {number} at seconds */
  noteOn(pitch, velocity, at) {
    this.end(pitch, at);
    this.notes.push({ pitch, onset: at, end: null, velocity, held: true });
  }

  /** @param {number} pitch @param {number} at */
  noteOff(pitch, at) {
    for (const note of this.notes) if (note.pitch === pitch) note.held = false;
    if (!this.pedal) this.end(pitch, at);
  }

  /** @param {boolean} down @param {number} at */
  pedalTo(down, at) {
    this.pedal = down;
    if (down) return;
    for (const note of this.notes) if (note.end === null && !note.held) note.end = at;
  }

  /** @param {number} pitch @param {number} at */
  end(pitch, at) {
    for (const note of this.notes) if (note.pitch === pitch && note.end === null) note.end = at;
  }

  get isEmpty() {
    return this.notes.length === 0;
  }

  /** Whether a key is down. */
  get isHeld() {
    return this.notes.some((note) => note.held);
  }

  /** Seconds of the first note; of the latest onset or end. */
  get start() {
    return this.notes[0]?.onset ?? null;
  }

  get latest() {
    return this.notes.reduce((latest, note) => Math.max(latest, note.end ?? note.onset), -Infinity);
  }

  /**
   * What was played, from an origin on; what still sounds is as long as it has been.
   * @param {number} origin
   * @param {number} now
   * @returns {RawNote[]}
   */
  raw(origin, now) {
    return this.notes.map((note) => ({
      pitch: note.pitch,
      onset: Math.max(0, note.onset - origin),
      duration: Math.max(0.01, (note.end ?? now) - note.onset),
      velocity: note.velocity,
    }));
  }
}
