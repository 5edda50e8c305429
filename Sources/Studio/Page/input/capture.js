import { BeatClock } from '../music/beats.js';
import { barsFor, earlyQuarters } from '../music/quantising.js';
import { Recording } from '../music/recording.js';
import { measure } from '../music/time.js';
import { steadyTempo } from '../music/tree.js';
import { addPlayed } from '../changes.js';
import { keepDraft } from '../studio.js';

/** @typedef {import('../studio.js').Studio} Studio */
/** @typedef {import('../studio.js').Draft} Draft */

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
    /** @type {(work: () => Promise<unknown>) => void} does something, and says so where it fails */
    this.attempt = (work) => void work();
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
    this.played(moment);
  }

  /** @param {number} pitch @param {number} at @param {number} stamp */
  noteOff(pitch, at, stamp) {
    this.recording.noteOff(pitch, this.moment(at, stamp));
    this.played(this.moment(at, stamp));
  }

  /** @param {boolean} down @param {number} at @param {number} stamp */
  pedal(down, at, stamp) {
    this.recording.pedalTo(down, this.moment(at, stamp));
    this.played(this.moment(at, stamp));
  }

  /** @param {number} moment */
  played(moment) {
    this.draw(moment);
    this.studio.keepDraft();
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
    const running = this.isRecording;
    if (!running && recording.isEmpty) return;
    const written = recording.written({ origin: this.origin, now, tempo, start, part: studio.part });
    const bars = barsFor(written.notes, start, measure(meter).bar);
    const before = studio.draft;
    studio.draft = { ...written, fromBar: studio.flag, start, bars, running };
    if (running && before?.notes.length === written.notes.length && !recording.isHeld) return;
    studio.changed();
  }

  /**
   * Makes the draft a node.
   * @returns {Promise<import('../music/types.js').Node | null>}
   */
  async keep() {
    const draft = this.studio.draft;
    return this.isRecording || !draft ? null : this.add(draft);
  }

  /** Keeps what was played before something else takes its place, without waiting for it. */
  save() {
    const { draft, session } = this.studio;
    if (!draft) return;
    this.attempt(async () => {
      // Where it is tried again, another piece may be open; this browser keeps it for the one it was played in.
      if (session?.id === this.studio.session?.id) await this.add(draft, { choose: false });
    });
  }

  /** Keeps what was played, and begins anew. */
  putAway() {
    this.save();
    this.discard();
  }

  /**
   * @param {Draft} draft
   * @param {{ choose?: boolean }} [options]
   */
  async add(draft, options) {
    const { studio } = this;
    const session = studio.session;
    if (!session || draft.saving || draft.notes.length === 0) return null;
    draft.saving = true;
    // What is played from now on is another draft.
    if (studio.draft === draft) this.recording = new Recording();
    try {
      const node = await addPlayed(studio, draft, options);
      draft.saving = false;
      if (studio.draft === draft) this.show(null);
      return node;
    } catch (error) {
      this.putBack(draft, session);
      throw error;
    }
  }

  /**
   * What the server did not take is there again, or will be when its piece is opened.
   * @param {Draft} draft
   * @param {import('../music/types.js').Session} session
   */
  putBack(draft, session) {
    const { studio } = this;
    draft.saving = false;
    draft.running = false;
    if (studio.session?.id !== session.id) keepDraft(session, draft);
    else this.show(studio.draft ?? draft);
  }

  /** @param {Draft | null} draft */
  show(draft) {
    this.studio.draft = draft;
    this.studio.keepDraft();
    this.studio.changed();
  }

  discard() {
    if (this.isRecording) this.metronome.stop();
    this.clock = null;
    this.recording = new Recording();
    this.show(null);
  }
}
