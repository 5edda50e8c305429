import { programOf } from '../sound/looping.js';

/** @typedef {import('../studio.js').Studio} Studio */
/** @typedef {import('../sound/engine.js').Sound} Sound */
/** @typedef {import('../sound/engine.js').Tone} Tone */
/**
 * Who wants to know what is played: `at` in seconds of the audio clock, `stamp` in the page's milliseconds.
 * @typedef {{ noteOn: (pitch: number, velocity: number, at: number, stamp: number) => void,
 *   noteOff: (pitch: number, at: number, stamp: number) => void,
 *   pedal: (down: boolean, at: number, stamp: number) => void }} Listener
 */

/** Where all keyboards meet: what is played sounds at once, lights its key, and is passed on. */
export class Performer extends EventTarget {
  /** @param {Studio} studio @param {Sound} sound */
  constructor(studio, sound) {
    super();
    this.studio = studio;
    this.sound = sound;
    /** @type {Map<number, Tone>} */
    this.tones = new Map();
    /** @type {Set<number>} */
    this.held = new Set();
    this.pedalled = false;
    /** @type {Listener | null} */
    this.listener = null;
  }

  /**
   * @param {number} pitch
   * @param {number} velocity 1…127
   * @param {number} stamp milliseconds, of the event that caused it
   */
  noteOn(pitch, velocity, stamp = performance.now()) {
    if (pitch < 0 || pitch > 127) return;
    this.sound.wake();
    if (this.sound.isMuted) this.dispatchEvent(new Event('unheard'));
    else this.sing(pitch, velocity);
    this.held.add(pitch);
    this.listener?.noteOn(pitch, velocity, this.sound.timeOf(stamp), stamp);
    this.dispatchEvent(new Event('keys'));
  }

  /** @param {number} pitch @param {number} velocity */
  sing(pitch, velocity) {
    this.tones.get(pitch)?.cut();
    const program = programOf(this.studio.session?.parts[this.studio.part]);
    this.tones.set(pitch, this.sound.start({ pitch, velocity, program }));
  }

  /** @param {number} pitch @param {number} stamp */
  noteOff(pitch, stamp = performance.now()) {
    if (!this.held.delete(pitch)) return;
    if (!this.pedalled) this.release(pitch);
    this.listener?.noteOff(pitch, this.sound.timeOf(stamp), stamp);
    this.dispatchEvent(new Event('keys'));
  }

  /** @param {boolean} down @param {number} stamp */
  pedal(down, stamp = performance.now()) {
    this.pedalled = down;
    if (!down) for (const pitch of this.tones.keys()) if (!this.held.has(pitch)) this.release(pitch);
    this.listener?.pedal(down, this.sound.timeOf(stamp), stamp);
  }

  /** @param {number} pitch */
  release(pitch) {
    this.tones.get(pitch)?.release(this.sound.now);
    this.tones.delete(pitch);
  }

  /** Lets everything go, as when the window loses the keyboard. */
  letGo() {
    for (const pitch of [...this.held]) this.noteOff(pitch);
    if (this.pedalled) this.pedal(false);
  }
}
