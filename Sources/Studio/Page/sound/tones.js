/** @typedef {import('./engine.js').Tone} Tone */

/** The tones that were handed to the clock: to light their keys, and to take them back. */
export class Tones {
  constructor() {
    /** @type {{ tone: Tone, pitch: number, end: number }[]} */
    this.all = [];
  }

  /**
   * @param {Tone} tone
   * @param {number} pitch
   * @param {number} end seconds of the audio clock
   */
  add(tone, pitch, end) {
    this.all.push({ tone, pitch, end });
  }

  get isEmpty() {
    return this.all.length === 0;
  }

  /**
   * Forgets what is over.
   * @param {number} now
   */
  forget(now) {
    this.all = this.all.filter(({ end }) => end > now);
  }

  cut() {
    for (const { tone } of this.all) tone.cut();
    this.all = [];
  }

  /**
   * The pitches that sound.
   * @param {number} now
   */
  pitches(now) {
    const heard = this.all.filter(({ tone, end }) => tone.start <= now && end > now);
    return new Set(heard.map(({ pitch }) => pitch));
  }
}
