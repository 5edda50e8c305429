import { bytes } from '../api.js';
import { blendLoop, drumKit, sampledPitch, sustains } from './looping.js';

/**
 * @typedef {{ buffer: AudioBuffer, pitch: number, loop: { start: number, end: number } | null }} Sample
 */

const together = 4;

/** The rendered tones of one instrument, fetched from the middle of the keyboard outwards. */
export class Samples {
  /**
   * @param {BaseAudioContext} context
   * @param {number} program General MIDI, 0…127
   */
  constructor(context, program) {
    this.context = context;
    this.program = program;
    /** @type {Map<number, Sample>} */
    this.ready = new Map();
    /** @type {number[]} */
    this.wanted = [];
    // A drum is no other drum at another speed.
    const step = program === drumKit ? 1 : 3;
    for (let pitch = 21; pitch <= (step === 1 ? 81 : 108); pitch += step) this.wanted.push(pitch);
    this.wanted.sort((a, b) => Math.abs(a - 63) - Math.abs(b - 63));
    this.running = 0;
    this.failed = false;
  }

  /** Fetches what is missing, some at a time. */
  load() {
    while (this.running < together && !this.failed) {
      const pitch = this.wanted.shift();
      if (pitch === undefined) return;
      this.running += 1;
      this.fetch(pitch).catch(() => {
        // No SoundFont, or no server: the plain tone stays, and the server's advice is on the page.
        this.failed = true;
      }).finally(() => {
        this.running -= 1;
        this.load();
      });
    }
  }

  /** @param {number} pitch */
  async fetch(pitch) {
    const data = await bytes(`/api/sound/${this.program}/${pitch}`);
    const buffer = await this.context.decodeAudioData(data);
    this.ready.set(pitch, { buffer, pitch, loop: this.loopIn(buffer) });
  }

  /** @param {AudioBuffer} buffer */
  loopIn(buffer) {
    if (!sustains(this.program) || buffer.duration < 2) return null;
    const start = Math.floor(buffer.sampleRate * 1);
    const end = Math.floor(buffer.length - buffer.sampleRate * 0.4);
    for (let channel = 0; channel < buffer.numberOfChannels; channel += 1) {
      blendLoop(buffer.getChannelData(channel), start, end);
    }
    return { start: start / buffer.sampleRate, end: end / buffer.sampleRate };
  }

  /**
   * The sample to shift to a pitch, if one is near enough to sound like the instrument.
   * @param {number} pitch
   * @returns {Sample | null}
   */
  nearest(pitch) {
    if (this.program === drumKit) return this.ready.get(pitch) ?? null;
    const wished = sampledPitch(pitch);
    for (const away of [0, 3, -3, 6, -6]) {
      const sample = this.ready.get(wished + away);
      if (sample) return sample;
    }
    return null;
  }
}
