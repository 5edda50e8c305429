import { measure } from './time.js';

/** A steady beat on a clock of seconds, such as an AudioContext's. */
export class BeatClock {
  /**
   * @param {number} origin seconds at which bar 0 begins; bars before it are negative
   * @param {number} tempo quarters per minute
   * @param {string} meter
   */
  constructor(origin, tempo, meter) {
    const { bar, beat } = measure(meter);
    this.origin = origin;
    this.tempo = tempo;
    /** Seconds. */
    this.bar = (bar * 60) / tempo;
    this.beat = (beat * 60) / tempo;
    this.beatsPerBar = Math.round(bar / beat);
  }

  /**
   * The bar, from 0, that a moment is in.
   * @param {number} seconds
   */
  barAt(seconds) {
    return Math.floor((seconds - this.origin) / this.bar + 1e-9);
  }

  /** @param {number} bar */
  timeOfBar(bar) {
    return this.origin + bar * this.bar;
  }

  /**
   * The first bar that begins no earlier than a moment.
   * @param {number} seconds
   */
  barFrom(seconds) {
    return Math.ceil((seconds - this.origin) / this.bar - 1e-9);
  }

  /**
   * The beats that begin from one moment to another, that one left out.
   * @param {number} from
   * @param {number} to
   */
  beatsBetween(from, to) {
    const beats = [];
    const first = Math.ceil((from - this.origin) / this.beat - 1e-9);
    for (let index = first; this.origin + index * this.beat < to - 1e-9; index += 1) {
      const beat = ((index % this.beatsPerBar) + this.beatsPerBar) % this.beatsPerBar;
      beats.push({ time: this.origin + index * this.beat, index, accent: beat === 0 });
    }
    return beats;
  }

  /**
   * Seconds from the clock's bar 0 on to quarters.
   * @param {number} seconds
   */
  quarters(seconds) {
    return (seconds * this.tempo) / 60;
  }
}
