import { BeatClock } from './beats.js';
import { earlyQuarters } from './quantising.js';

/**
 * What the page has to do next. Bars are those of the clock, from 0.
 * @typedef {{ kind: 'answer', phraseBar: number, answerBar: number, at: number }
 *   | { kind: 'listen' }
 *   | { kind: 'goOn' }
 *   | { kind: 'breakAway', bar: number }} Effect
 */

/**
 * Call and response, as a machine without sound or sight: it is told what is played and what time it
 * is, and says when Clara answers. A phrase ends when nothing has been held for the pause; the answer
 * begins at the next bar line that can be reached. Whoever plays into an answer takes over.
 */
export class Duet {
  /**
   * @param {BeatClock} clock
   * @param {{ pause: number, bars: number, lead?: number }} settings seconds, bars of an answer, and
   * the seconds that an answer needs to be made
   */
  constructor(clock, settings) {
    this.clock = clock;
    this.pause = settings.pause;
    this.bars = settings.bars;
    this.lead = settings.lead ?? 0.15;
    /** @type {'listening' | 'playing' | 'answering'} */
    this.state = 'listening';
    /** @type {Set<number>} */
    this.held = new Set();
    this.latest = 0;
    this.phraseBar = 0;
    this.answerBar = 0;
  }

  /**
   * @param {number} pitch
   * @param {number} at seconds
   * @returns {Effect[]}
   */
  noteOn(pitch, at) {
    this.held.add(pitch);
    this.latest = at;
    if (this.state === 'playing') return [];
    const wasAnswering = this.state === 'answering' && at >= this.clock.timeOfBar(this.answerBar);
    if (this.state === 'answering' && !wasAnswering) {
      // She has not begun yet: the phrase goes on.
      this.state = 'playing';
      return [{ kind: 'goOn' }];
    }
    this.state = 'playing';
    this.phraseBar = this.barMeant(at);
    return wasAnswering ? [{ kind: 'breakAway', bar: this.phraseBar }] : [];
  }

  /** @param {number} pitch @param {number} at */
  noteOff(pitch, at) {
    this.held.delete(pitch);
    this.latest = Math.max(this.latest, at);
  }

  /**
   * @param {number} now seconds
   * @returns {Effect[]}
   */
  tick(now) {
    if (this.state === 'playing' && this.held.size === 0 && now - this.latest >= this.pause) {
      this.state = 'answering';
      this.answerBar = Math.max(this.phraseBar + 1, this.clock.barFrom(now + this.lead));
      const at = this.clock.timeOfBar(this.answerBar);
      const { phraseBar, answerBar } = this;
      return [{ kind: 'answer', phraseBar, answerBar, at }];
    }
    const end = this.clock.timeOfBar(this.answerBar + this.bars);
    if (this.state === 'answering' && now >= end) return this.listen();
    return [];
  }

  /**
   * Her answer has failed or is over.
   * @returns {Effect[]}
   */
  listen() {
    this.state = 'listening';
    return [{ kind: 'listen' }];
  }

  /**
   * Who is a little early means the bar line.
   * @param {number} at
   */
  barMeant(at) {
    return this.clock.barAt(at + (earlyQuarters * 60) / this.clock.tempo);
  }
}
