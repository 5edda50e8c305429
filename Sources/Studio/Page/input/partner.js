import { BeatClock } from '../music/beats.js';
import { Duet } from '../music/duet.js';
import { Recording } from '../music/recording.js';
import { programOf } from '../sound/looping.js';
import { Tones } from '../sound/tones.js';
import { remove } from '../changes.js';
import { askForTakes, stop } from '../asking.js';

/** @typedef {import('../studio.js').Studio} Studio */
/** @typedef {import('../music/types.js').Node} Node */
/** @typedef {import('../music/duet.js').Effect} Effect */

/** Call and response on a running beat: hears when a phrase ends, and plays Clara's answer in time. */
export class Partner extends EventTarget {
  /**
   * @param {Studio} studio
   * @param {import('../sound/engine.js').Sound} sound
   * @param {import('../sound/metronome.js').Metronome} metronome
   * @param {import('./capture.js').Capture} capture
   */
  constructor(studio, sound, metronome, capture) {
    super();
    this.studio = studio;
    this.sound = sound;
    this.metronome = metronome;
    this.capture = capture;
    /** @type {Duet | null} */
    this.duet = null;
    this.recording = new Recording();
    /** @type {Node | null} the phrase that is kept, until she has begun to answer it */
    this.phrase = null;
    /** @type {{ bar: number, at: number, fromBar: number, sent: Set<string> } | null} */
    this.answer = null;
    this.tones = new Tones();
    /** @type {() => Record<string, unknown>} */
    this.wishes = () => ({});
    /** @type {(error: unknown) => void} */
    this.onTrouble = () => undefined;
    studio.addEventListener('notes', () => this.schedule());
  }

  /** @param {{ pause: number, bars: number, audible: boolean }} settings */
  begin({ pause, bars, audible }) {
    this.capture.putAway();
    const { tempo, meter } = this.capture.beat;
    const clock = new BeatClock(this.sound.now + 0.15, tempo, meter);
    this.duet = new Duet(clock, { pause, bars });
    this.metronome.start(clock, { audible, onTick: (now) => this.tick(now) });
    this.say('listening');
  }

  end() {
    if (!this.duet) return;
    this.duet = null;
    this.metronome.stop();
    this.hush();
    this.answer = null;
    this.phrase = null;
    this.recording = new Recording();
    this.capture.putAway();
    this.say('off');
  }

  /** The quarter of the piece that is played or heard now, or null while she listens. */
  get quarter() {
    const { answer, duet, studio } = this;
    const timeline = studio.piece?.timeline;
    if (!duet || !timeline || duet.state === 'listening') return null;
    const bar = answer?.fromBar ?? studio.flag;
    const since = this.sound.now - (answer?.at ?? duet.clock.timeOfBar(duet.phraseBar));
    return Math.max(0, timeline.barStart(bar) + duet.clock.quarters(since));
  }

  sounding() {
    return this.tones.pitches(this.sound.now);
  }

  /** @param {string} state */
  say(state) {
    this.dispatchEvent(new CustomEvent('state', { detail: state }));
  }

  /** @param {number} pitch @param {number} velocity @param {number} at */
  noteOn(pitch, velocity, at) {
    const duet = this.duet;
    if (!duet) return;
    const heard = at - this.sound.latency;
    const effects = duet.noteOn(pitch, heard);
    for (const effect of effects) {
      if (effect.kind === 'breakAway') this.breakAway(effect.bar);
      if (effect.kind === 'goOn') this.reopen();
    }
    this.recording.noteOn(pitch, velocity, heard);
    if (effects.length > 0 || this.recording.notes.length === 1) this.say('playing');
    this.draw(heard);
  }

  /** @param {number} pitch @param {number} at */
  noteOff(pitch, at) {
    const heard = at - this.sound.latency;
    this.duet?.noteOff(pitch, heard);
    this.recording.noteOff(pitch, heard);
    this.draw(heard);
  }

  /** @param {boolean} down @param {number} at */
  pedal(down, at) {
    this.recording.pedalTo(down, at - this.sound.latency);
  }

  /** @param {number} now */
  tick(now) {
    for (const effect of this.duet?.tick(now) ?? []) {
      if (effect.kind === 'answer') this.respond(effect).catch((error) => this.fail(error));
      if (effect.kind === 'listen') this.listen();
    }
  }

  /** @param {number} now */
  draw(now) {
    const { duet, studio, recording } = this;
    const piece = studio.piece;
    if (!duet || !piece || recording.isEmpty) return;
    const start = piece.timeline.barStart(studio.flag);
    const origin = duet.clock.timeOfBar(duet.phraseBar);
    const tempo = duet.clock.tempo;
    const written = recording.written({ origin, now, tempo, start, part: studio.part });
    const bars = Math.max(1, duet.clock.barAt(now) - duet.phraseBar + 1);
    studio.draft = { ...written, after: studio.selected, fromBar: studio.flag, start, bars, running: true };
    studio.keepDrafts();
    studio.changed();
  }

  /** @param {Extract<Effect, { kind: 'answer' }>} effect */
  async respond({ phraseBar, answerBar, at }) {
    const { duet, studio } = this;
    if (!duet) return;
    this.draw(this.sound.now);
    const draft = studio.draft;
    if (!draft) return;
    draft.bars = answerBar - phraseBar;
    this.say('answering');
    const phrase = await this.keep(draft);
    if (!phrase || this.duet !== duet) return;
    this.phrase = phrase;
    studio.draft = null;
    studio.keepDrafts();
    // Whoever has played on meanwhile was not finished.
    if (duet.state !== 'answering' || duet.answerBar !== answerBar) return this.reopen();
    const fromBar = phrase.fromBar + phrase.bars;
    this.answer = { bar: answerBar, at, fromBar, sent: new Set() };
    await askForTakes(studio, {
      .../** @type {any} */ (this.wishes()), takes: 1, steady: true, bars: duet.bars, fromBar,
    });
  }

  /**
   * Keeps the phrase, the longer one in place of the shorter.
   * @param {import('../studio.js').Draft} draft
   */
  async keep(draft) {
    const { phrase, studio } = this;
    const longer = await this.capture.add(draft);
    if (phrase && longer) await remove(studio, phrase);
    return longer;
  }

  /** The phrase goes on: it is shown as a draft again. */
  reopen() {
    const { phrase, studio } = this;
    this.hush();
    this.answer = null;
    if (phrase?.parent) studio.select(phrase.parent, { flag: phrase.fromBar });
  }

  /** Hands the answer's notes to the clock as they come. */
  schedule() {
    const { answer, duet, studio } = this;
    const node = studio.node;
    if (!answer || !duet || !node || node.kind !== 'take' || node.fromBar !== answer.fromBar) return;
    const piece = studio.piece;
    if (!piece) return;
    const start = piece.timeline.barStart(answer.fromBar);
    for (const note of node.notes) {
      const key = `${note.pitch} ${note.onset} ${note.part}`;
      if (note.open || answer.sent.has(key)) continue;
      answer.sent.add(key);
      const at = answer.at + ((note.onset - start) * 60) / duet.clock.tempo;
      const program = programOf(studio.session?.parts[note.part]);
      const duration = (note.duration * 60) / duet.clock.tempo;
      const tone = this.sound.play({ ...note, program }, at, duration);
      this.tones.add(tone, note.pitch, at + duration);
      if (answer.sent.size === 1) this.begun(tone.start - at);
    }
  }

  /**
   * Says how far from its beat the answer begins.
   * @param {number} late seconds
   */
  begun(late) {
    this.dispatchEvent(new CustomEvent('answer', { detail: late }));
  }

  listen() {
    this.answer = null;
    this.phrase = null;
    this.recording = new Recording();
    this.say('listening');
  }

  /**
   * One plays into the answer: it ends here, and the new phrase begins in this bar.
   * @param {number} bar of the clock
   */
  breakAway(bar) {
    const { answer, studio } = this;
    this.hush();
    this.answer = null;
    this.phrase = null;
    this.recording = new Recording();
    if (answer) studio.setFlag(answer.fromBar + bar - answer.bar);
  }

  hush() {
    this.tones.cut();
    if (this.answer) stop(this.studio);
  }

  /** @param {unknown} error */
  fail(error) {
    this.answer = null;
    this.duet?.listen();
    this.say('listening');
    this.onTrouble(error);
  }
}
