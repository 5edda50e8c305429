import { BeatClock } from '../music/beats.js';
import { barsFor, earlyQuarters, quantise } from '../music/quantising.js';
import { Recording } from '../music/recording.js';
import { measure } from '../music/time.js';
import { steadyTempo } from '../music/tree.js';
import { addPlayed } from '../changes.js';

/** @typedef {import('../studio.js').Studio} Studio */

/** Silence, in bars, after which what is played is a new idea and not the end of the last. */
const newIdeaBars = 2;

/**
 * Turns playing into a draft in the roll. Freely, where the first note is the first beat; or recorded,
 * to a metronome after a count-in.
 */
export class Capture {
  /**
   * @param {Studio} studio
   * @param {import('../sound/engine.js').Sound} sound
   * @param {import('../sound/metronome.js').Metronome} metronome
   */
  constructor(studio, sound, metronome) {
    this.studio = studio;
    this.sound = sound;
    this.metronome = metronome;
    this.recording = new Recording();
    /** Seconds at which the draft's first bar begins. */
    this.origin = 0;
    /** @type {BeatClock | null} set while it is recorded to the beat */
    this.clock = null;
    /** @type {(error: unknown) => void} */
    this.onTrouble = () => undefined;
  }

  get isRecording() {
    return this.clock !== null;
  }

  /** The tempo and meter that hold where new music begins. */
  get beat() {
    const { piece, flag, session } = this.studio;
    const start = piece?.timeline.barStart(flag) ?? 0;
    const meter = piece?.timeline.meterAt(start) ?? '4/4';
    const tempo = session && piece ? steadyTempo(session, piece, start) : 100;
    return { start, meter, tempo };
  }

  /** @param {number} countInBars @param {boolean} audible */
  record(countInBars, audible) {
    this.putAway();
    const { tempo, meter } = this.beat;
    const clock = new BeatClock(0, tempo, meter);
    clock.origin = this.sound.now + 0.15 + countInBars * clock.bar;
    this.clock = clock;
    this.origin = clock.origin + this.sound.latency;
    this.metronome.start(clock, { audible, onTick: (now) => this.draw(now) });
    this.draw(this.sound.now);
  }

  /** Ends a recording and keeps it. */
  async finish() {
    this.metronome.stop();
    this.draw(this.sound.now);
    this.clock = null;
    if (this.studio.draft) this.studio.draft.running = false;
    if (this.recording.isEmpty) this.discard();
    else await this.keep();
  }

  /**
   * Seconds of the clock that is recorded by: the audio's, to a beat; else the page's, as the audio's may
   * only be starting when the first note is played.
   * @param {number} at
   * @param {number} stamp milliseconds
   */
  moment(at, stamp) {
    return this.clock ? at : stamp / 1000;
  }

  /** @param {number} pitch @param {number} velocity @param {number} at @param {number} stamp */
  noteOn(pitch, velocity, at, stamp) {
    const moment = this.moment(at, stamp);
    if (!this.clock) this.freely(moment);
    else if (at < this.origin - (earlyQuarters * 60) / this.clock.tempo) return;
    this.recording.noteOn(pitch, velocity, moment);
    this.draw(moment);
  }

  /** @param {number} pitch @param {number} at @param {number} stamp */
  noteOff(pitch, at, stamp) {
    this.recording.noteOff(pitch, this.moment(at, stamp));
    this.draw(this.moment(at, stamp));
  }

  /** @param {boolean} down @param {number} at @param {number} stamp */
  pedal(down, at, stamp) {
    this.recording.pedalTo(down, this.moment(at, stamp));
    this.draw(this.moment(at, stamp));
  }

  /** @param {number} at */
  freely(at) {
    const { tempo, meter } = this.beat;
    const patience = (newIdeaBars * measure(meter).bar * 60) / tempo;
    const silence = at - this.recording.latest;
    if (this.recording.isEmpty || (!this.recording.isHeld && silence > patience)) {
      this.save();
      this.recording = new Recording();
      this.origin = at;
    }
  }

  /** @param {number} now */
  draw(now) {
    const { studio, recording } = this;
    const { start, tempo, meter } = this.beat;
    const raw = recording.raw(this.origin, now);
    const notes = quantise(recording.sounding(this.origin, now), tempo, start, studio.part);
    const running = this.isRecording;
    if (!running && recording.isEmpty) return;
    const length = measure(meter).bar;
    const bars = barsFor(notes, start, length);
    const before = studio.draft;
    studio.draft = { notes, raw, fromBar: studio.flag, start, bars, running };
    if (running && before?.notes.length === notes.length && !recording.isHeld) return;
    studio.changed();
  }

  /**
   * Makes the draft a node.
   * @returns {Promise<import('../music/types.js').Node | null>}
   */
  async keep() {
    return this.isRecording ? null : this.add();
  }

  /**
   * Keeps what was played before something else takes its place, without waiting for it.
   * @param {{ choose?: boolean, leaving?: boolean }} [options]
   */
  save(options = { choose: false }) {
    this.add(options).catch((error) => this.onTrouble(error));
  }

  /** Keeps what was played, and begins anew. */
  putAway() {
    this.save();
    this.discard();
  }

  /** @param {{ choose?: boolean, leaving?: boolean }} [options] */
  async add(options) {
    const { studio } = this;
    const draft = studio.draft;
    if (!draft || draft.saving || draft.notes.length === 0) return null;
    draft.saving = true;
    // What is played from now on is another draft.
    this.recording = new Recording();
    try {
      const node = await addPlayed(studio, draft, options);
      if (studio.draft === draft) this.show(null);
      return node;
    } finally {
      draft.saving = false;
    }
  }

  /** @param {import('../studio.js').Draft | null} draft */
  show(draft) {
    this.studio.draft = draft;
    this.studio.changed();
  }

  discard() {
    if (this.isRecording) this.metronome.stop();
    this.clock = null;
    this.recording = new Recording();
    this.show(null);
  }
}
