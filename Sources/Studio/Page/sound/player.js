import { Playhead } from '../music/playing.js';
import { programOf } from './looping.js';
import { Tones } from './tones.js';

/** @typedef {import('../studio.js').Studio} Studio */
/** @typedef {import('./engine.js').Sound} Sound */

/** How far ahead notes are scheduled, in seconds: timers of hidden pages come once a second. */
const ahead = () => (document.hidden ? 1.5 : 0.2);
const interval = 40;
const breath = 0.06;

/** Plays the shown piece, also while it is written, and follows when another is chosen. */
export class Player extends EventTarget {
  /** @param {Studio} studio @param {Sound} sound */
  constructor(studio, sound) {
    super();
    this.studio = studio;
    this.sound = sound;
    /** @type {Playhead | null} */
    this.head = null;
    this.tones = new Tones();
    this.timer = 0;
    studio.addEventListener('select', () => this.follow());
    for (const kind of ['change', 'notes']) studio.addEventListener(kind, () => this.grow());
  }

  get isPlaying() {
    return this.head !== null;
  }

  /** The quarter that is heard now, or null. */
  get quarter() {
    return this.head ? this.head.quarter(this.sound.now - this.sound.latency) : null;
  }

  /** @param {number} [from] quarter */
  play(from = this.studio.playFrom) {
    const piece = this.studio.piece;
    if (!piece) return;
    this.stop();
    this.sound.wake();
    const last = piece.segments[piece.segments.length - 1];
    const streaming = last?.node.streaming !== undefined;
    const begin = from < piece.end - 1e-6 || streaming ? from : (last?.start ?? 0);
    this.head = new Playhead(piece, begin, this.sound.now + breath);
    this.timer = window.setInterval(() => this.tick(), interval);
    this.tick();
    this.dispatchEvent(new Event('state'));
  }

  stop() {
    if (!this.head) return;
    window.clearInterval(this.timer);
    this.head = null;
    this.tones.cut();
    this.dispatchEvent(new Event('state'));
  }

  /** Another way on from the same place. */
  follow() {
    const piece = this.studio.piece;
    if (!this.head || !piece) return;
    this.tones.cut();
    this.head.change(piece, this.sound.now);
    this.tick();
  }

  /** The same way, further written or edited. */
  grow() {
    const piece = this.studio.piece;
    if (this.head && piece) this.head.grow(piece);
  }

  tick() {
    const head = this.head;
    if (!head) return;
    const now = this.sound.now;
    this.tones.forget(now);
    for (const { note, at, duration } of head.due(now, now + ahead())) {
      const program = programOf(this.studio.session?.parts[note.part]);
      const tone = this.sound.play({ ...note, program }, at, duration);
      this.tones.add(tone, note.pitch, at + duration);
    }
    if (head.isOver(now) && this.tones.isEmpty) this.stop();
  }

  /** The pitches that sound now, for the keyboard's lights. */
  sounding() {
    return this.tones.pitches(this.sound.now);
  }
}
