import { BeatClock } from '../music/beats.js';
import { barsFor, earlyQuarters } from '../music/quantising.js';
import { Recording } from '../music/recording.js';
import { measure } from '../music/time.js';
import { steadyTempo } from '../music/tree.js';
import { addPlayed, newID } from '../changes.js';

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
    // What the server did not take when it was played.
    studio.addEventListener('open', () => studio.waiting.forEach((draft) => this.save(draft)));
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
    this.studio.keepDrafts();
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
    studio.draft = { ...written, after: studio.selected, fromBar: studio.flag, start, bars, running };
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

  /**
   * Keeps what was played before something else takes its place, without waiting for it.
   * @param {Draft | null} draft
   */
  save(draft = this.studio.draft) {
    if (draft) this.attempt(() => this.add(draft, { choose: false }));
  }

  /** Keeps what was played, and begins anew. */
  putAway() {
    this.save();
    this.discard();
  }

  /**
   * Makes a draft a node, once, however often that is asked for; nothing where it was thrown away, or where
   * another piece is open than it was played in.
   * @param {Draft} draft
   * @param {{ choose?: boolean }} [options]
   * @returns {Promise<import('../music/types.js').Node | null>}
   */
  async add(draft, options) {
    const { draft: current, waiting } = this.studio;
    const isHere = draft === current || waiting.includes(draft);
    if (!draft.saved && isHere && draft.notes.length > 0) draft.saved = this.send(draft, options);
    return draft.saved ?? null;
  }

  /** @param {Draft} draft @param {{ choose?: boolean }} [options] */
  async send(draft, options) {
    const { studio } = this;
    const session = studio.session;
    if (!session) return null;
    draft.id ??= newID();
    if (!studio.waiting.includes(draft)) studio.waiting.push(draft);
    // What is played from now on is another draft.
    if (studio.draft === draft) this.recording = new Recording();
    studio.keepDrafts();
    try {
      const node = await addPlayed(studio, draft, options);
      studio.forget(session, draft);
      if (studio.draft?.id === draft.id) this.show(null);
      return node;
    } catch (error) {
      this.putBack(draft);
      throw error;
    }
  }

  /**
   * What the server did not take is shown again, or waits where something newer is.
   * @param {Draft} draft
   */
  putBack(draft) {
    const { studio } = this;
    delete draft.saved;
    draft.running = false;
    if (!studio.waiting.includes(draft)) return;
    const shown = studio.draft ?? draft;
    studio.waiting = studio.waiting.filter((each) => each !== shown);
    this.show(shown);
  }

  /** @param {Draft | null} draft */
  show(draft) {
    this.studio.draft = draft;
    this.studio.keepDrafts();
    this.studio.changed();
  }

  discard() {
    if (this.isRecording) this.metronome.stop();
    this.clock = null;
    this.recording = new Recording();
    this.show(null);
  }
}
