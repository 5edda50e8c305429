import { Samples } from './samples.js';

/**
 * A tone that sounds or will.
 * @typedef {{ start: number, release: (at: number) => void, cut: () => void }} Tone
 */

/** Everything that is heard: tones of the instruments, and clicks. Times are the context's seconds. */
export class Sound {
  constructor() {
    this.context = new AudioContext({ latencyHint: 'interactive' });
    this.master = this.context.createGain();
    this.master.gain.value = 0.8;
    const limiter = this.context.createDynamicsCompressor();
    limiter.threshold.value = -8;
    limiter.ratio.value = 12;
    limiter.attack.value = 0.002;
    this.master.connect(limiter).connect(this.context.destination);
    this.master.connect(this.room()).connect(limiter);
    /** @type {Map<number, Samples>} */
    this.instruments = new Map();
    this.hasSamples = false;
  }

  get now() {
    return this.context.currentTime;
  }

  /** Seconds from a scheduled moment to the ear, as far as the browser knows. */
  get latency() {
    return (this.context.outputLatency || 0) + (this.context.baseLatency || 0);
  }

  /** Browsers are silent until somebody clicks or presses a key. */
  get isMuted() {
    const active = /** @type {any} */ (navigator).userActivation?.hasBeenActive ?? true;
    return this.context.state === 'suspended' && !active;
  }

  wake() {
    if (this.context.state === 'suspended' && !this.isMuted) this.context.resume().catch(() => undefined);
  }

  /**
   * The context's seconds at which an event of the page happened.
   * @param {number} stamp `event.timeStamp`, milliseconds
   */
  timeOf(stamp) {
    const ago = (performance.now() - stamp) / 1000;
    return this.now - (ago >= 0 && ago < 1 ? ago : 0);
  }

  /** @param {number[]} programs */
  prepare(programs) {
    if (!this.hasSamples) return;
    for (const program of programs) {
      if (this.instruments.has(program)) continue;
      const samples = new Samples(this.context, program);
      this.instruments.set(program, samples);
      samples.load();
    }
  }

  /**
   * Begins a tone, at once or at a moment.
   * @param {{ pitch: number, velocity: number, program: number }} note
   * @param {number} [at]
   * @returns {Tone}
   */
  start(note, at = this.now) {
    const sample = this.instruments.get(note.program)?.nearest(note.pitch) ?? null;
    const begin = Math.max(at, this.now);
    const gain = this.context.createGain();
    const loud = (note.velocity / 127) ** 1.7;
    gain.gain.setValueAtTime(loud * (sample ? 0.9 : 0.28), begin);
    gain.connect(this.softened(note)).connect(this.master);
    const sources = sample ? [this.played(sample, note.pitch)] : this.plain(note.pitch, gain, begin);
    for (const source of sources) {
      source.connect(gain);
      source.start(begin);
    }
    return ending(this.context, gain, sources, begin);
  }

  /**
   * A whole note, scheduled.
   * @param {{ pitch: number, velocity: number, program: number }} note
   * @param {number} at
   * @param {number} duration seconds
   */
  play(note, at, duration) {
    const tone = this.start(note, at);
    tone.release(Math.max(at, this.now) + Math.max(0.05, duration));
    return tone;
  }

  /** @param {import('./samples.js').Sample} sample @param {number} pitch */
  played(sample, pitch) {
    const source = this.context.createBufferSource();
    source.buffer = sample.buffer;
    source.playbackRate.value = 2 ** ((pitch - sample.pitch) / 12);
    if (sample.loop) {
      source.loop = true;
      source.loopStart = sample.loop.start;
      source.loopEnd = sample.loop.end;
    }
    return source;
  }

  /**
   * The tone that is there without samples: two partials that fade like a string.
   * @param {number} pitch
   * @param {GainNode} gain
   * @param {number} at
   */
  plain(pitch, gain, at) {
    const level = gain.gain.value || 0.2;
    gain.gain.setTargetAtTime(level * 0.25, at + 0.02, 0.6);
    return [['triangle', 1], ['sine', 2.001]].map(([type, times]) => {
      const source = this.context.createOscillator();
      source.type = /** @type {OscillatorType} */ (type);
      source.frequency.value = 440 * 2 ** ((pitch - 69) / 12) * Number(times);
      return source;
    });
  }

  /**
   * Soft notes are darker, as on an instrument.
   * @param {{ pitch: number, velocity: number }} note
   */
  softened({ pitch, velocity }) {
    const filter = this.context.createBiquadFilter();
    filter.type = 'lowpass';
    filter.Q.value = 0.2;
    const pitchHertz = 440 * 2 ** ((pitch - 69) / 12);
    filter.frequency.value = Math.min(18000, pitchHertz * 3 + 200 + 16000 * (velocity / 127) ** 2);
    return filter;
  }

  /** A small room, made of noise that fades. */
  room() {
    const rate = this.context.sampleRate;
    const buffer = this.context.createBuffer(2, Math.floor(rate * 1.2), rate);
    for (let channel = 0; channel < 2; channel += 1) {
      const data = buffer.getChannelData(channel);
      for (let place = 0; place < data.length; place += 1) {
        data[place] = (Math.random() * 2 - 1) * Math.exp((-place / rate) * 5) * 0.04;
      }
    }
    const room = this.context.createConvolver();
    room.normalize = false;
    room.buffer = buffer;
    return room;
  }

  /** @param {number} at @param {boolean} accent */
  click(at, accent) {
    const source = this.context.createOscillator();
    const gain = this.context.createGain();
    source.frequency.value = accent ? 1760 : 1175;
    gain.gain.setValueAtTime(accent ? 0.35 : 0.2, at);
    gain.gain.exponentialRampToValueAtTime(0.001, at + 0.05);
    source.connect(gain).connect(this.master);
    source.start(at);
    source.stop(at + 0.06);
    return source;
  }
}

/**
 * @param {BaseAudioContext} context
 * @param {GainNode} gain
 * @param {AudioScheduledSourceNode[]} sources
 * @param {number} start
 * @returns {Tone}
 */
function ending(context, gain, sources, start) {
  const fade = 0.09;
  /** @param {number} at @param {number} time */
  const end = (at, time) => {
    const moment = Math.max(at, context.currentTime);
    gain.gain.cancelScheduledValues(moment);
    gain.gain.setTargetAtTime(0, moment, time);
    for (const source of sources) source.stop(moment + time * 6);
  };
  return {
    start,
    release: (at) => end(Math.max(at, start), fade),
    cut: () => {
      if (start <= context.currentTime) end(context.currentTime, 0.02);
      else for (const source of sources) source.stop();
    },
  };
}
