/** @typedef {import('./engine.js').Sound} Sound */
/** @typedef {import('../music/beats.js').BeatClock} BeatClock */

/** Clicks on a clock's beats, and tells when each is heard. */
export class Metronome {
  /** @param {Sound} sound */
  constructor(sound) {
    this.sound = sound;
    /** @type {BeatClock | null} */
    this.clock = null;
    this.audible = true;
    this.scheduled = 0;
    this.timer = 0;
    /** @type {(tick: number) => void} */
    this.onTick = () => undefined;
  }

  /**
   * @param {BeatClock} clock
   * @param {{ audible: boolean, onTick?: (now: number) => void }} options
   */
  start(clock, options) {
    this.stop();
    this.sound.wake();
    this.clock = clock;
    this.audible = options.audible;
    this.onTick = options.onTick ?? (() => undefined);
    this.scheduled = this.sound.now;
    this.timer = window.setInterval(() => this.tick(), 25);
    this.tick();
  }

  stop() {
    window.clearInterval(this.timer);
    this.clock = null;
  }

  tick() {
    const { clock, sound } = this;
    if (!clock) return;
    const until = sound.now + (document.hidden ? 1.5 : 0.15);
    if (until > this.scheduled) {
      for (const beat of clock.beatsBetween(this.scheduled, until)) {
        // Before bar 0 it always counts in.
        if (this.audible || beat.index < 0) sound.click(beat.time, beat.accent);
      }
      this.scheduled = until;
    }
    this.onTick(sound.now);
  }
}
