import { isBlack, keyLabel, pitchName, playingKeys } from '../music/keys.js';
import { button, find, keyed, make, write } from './dom.js';

/** @typedef {import('../input/performer.js').Performer} Performer */

const lowest = 21;
const highest = 108;

/** The piano at the bottom: as many keys as there is room for, played by mouse, touch and focus. */
export class Keyboard {
  /**
   * @param {Performer} performer
   * @param {{ sounding: () => Set<number> }} player
   */
  constructor(performer, player) {
    this.performer = performer;
    this.player = player;
    this.box = find('keyboard', HTMLElement);
    /** The pitch of the computer's lowest key. */
    this.base = 60;
    this.low = 48;
    this.high = 84;
    this.labelled = true;
    /** @type {Map<string, string> | null} */
    this.layout = null;
    /** @type {Map<number, number>} pointers and the keys they hold */
    this.pointers = new Map();
    this.lit = '';
    new ResizeObserver(() => this.arrange()).observe(this.box);
    button('octave-down').addEventListener('click', () => this.shift(-12));
    button('octave-up').addEventListener('click', () => this.shift(12));
    this.listen();
    this.readLayout();
  }

  /** What is printed on the keys, where the browser tells it. */
  async readLayout() {
    const keyboard = /** @type {any} */ (navigator).keyboard;
    this.layout = await keyboard?.getLayoutMap?.().catch(() => null) ?? null;
    this.arrange();
  }

  /** @param {number} by semitones */
  shift(by) {
    this.base = Math.min(84, Math.max(24, this.base + by));
    this.performer.letGo();
    this.arrange();
  }

  arrange() {
    const white = Math.max(10, Math.floor(this.box.clientWidth / (this.box.clientWidth < 500 ? 29 : 27)));
    if (white >= 52) [this.low, this.high] = [lowest, highest];
    else {
      // With room for three octaves, one of them lies below where the computer's keys begin.
      const below = white >= 22 ? 12 : 0;
      this.high = Math.min(highest, upBy(Math.max(24, this.base - below), white - 1));
      this.low = upBy(this.high, 1 - white);
    }
    const pitches = Array.from({ length: this.high - this.low + 1 }, (_, place) => this.low + place);
    const whites = pitches.filter((pitch) => !isBlack(pitch)).length;
    keyed(this.box, pitches, String, (pitch) => this.key(pitch), (key, pitch) => {
      const before = pitches.filter((each) => each < pitch && !isBlack(each)).length;
      const black = isBlack(pitch);
      key.style.left = `${((before - (black ? 0.31 : 0)) / whites) * 100}%`;
      key.style.width = `${((black ? 0.62 : 1) / whites) * 100}%`;
      key.tabIndex = pitch === Math.min(this.high, Math.max(this.low, 60)) ? 0 : -1;
      this.label(key, pitch);
    });
  }

  /** @param {number} pitch */
  key(pitch) {
    const key = make('button', {
      type: 'button', class: isBlack(pitch) ? 'key black' : 'key white', 'aria-label': pitchName(pitch),
      'data-pitch': pitch,
    });
    key.append(make('span', { class: 'key-letter', 'aria-hidden': 'true' }),
      make('span', { class: 'key-name', 'aria-hidden': 'true' }, pitch % 12 === 0 ? pitchName(pitch) : ''));
    return key;
  }

  /** @param {HTMLElement} key @param {number} pitch */
  label(key, pitch) {
    const code = [...playingKeys].find(([, step]) => this.base + step === pitch)?.[0];
    const letter = key.firstElementChild;
    if (letter) write(letter, code && this.labelled ? keyLabel(code, this.layout) : '');
  }

  listen() {
    this.box.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      const pitch = pitchUnder(event);
      if (pitch === null) return;
      event.preventDefault();
      // A finger keeps its first element; the keys it slides to are looked up.
      if (event.target instanceof Element) event.target.releasePointerCapture(event.pointerId);
      this.press(event, pitch);
    });
    addEventListener('pointermove', (event) => {
      if (!this.pointers.has(event.pointerId)) return;
      const pitch = pitchUnder(event);
      if (pitch === this.pointers.get(event.pointerId)) return;
      this.lift(event);
      if (pitch !== null) this.press(event, pitch);
    });
    for (const kind of ['pointerup', 'pointercancel']) {
      addEventListener(kind, (event) => this.lift(/** @type {PointerEvent} */ (event), true));
    }
    this.box.addEventListener('keydown', (event) => this.move(event));
    this.box.addEventListener('keyup', (event) => {
      const pitch = Number(/** @type {HTMLElement} */ (event.target).dataset.pitch);
      if (event.key === 'Enter') this.performer.noteOff(pitch, event.timeStamp);
    });
  }

  /** @param {PointerEvent} event @param {number} pitch */
  press(event, pitch) {
    this.pointers.set(event.pointerId, pitch);
    const key = this.box.querySelector(`[data-pitch="${pitch}"]`)?.getBoundingClientRect();
    // Nearer to the edge is louder, as with a longer lever.
    const depth = key ? (event.clientY - key.top) / key.height : 0.7;
    const velocity = Math.round(55 + 50 * Math.min(1, Math.max(0, depth)));
    this.performer.noteOn(pitch, velocity, event.timeStamp);
  }

  /** @param {PointerEvent} event @param {boolean} [gone] */
  lift(event, gone) {
    const pitch = this.pointers.get(event.pointerId);
    if (pitch === undefined) return;
    if (pitch >= 0) this.performer.noteOff(pitch, event.timeStamp);
    if (gone) this.pointers.delete(event.pointerId);
    else this.pointers.set(event.pointerId, -1);
  }

  /**
   * Arrows go along the keys; Enter plays one.
   * @param {KeyboardEvent} event
   */
  move(event) {
    const pitch = Number(/** @type {HTMLElement} */ (event.target).dataset.pitch);
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowUp: 12, ArrowDown: -12 }[event.key];
    if (event.key === 'Enter') {
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) this.performer.noteOn(pitch, 80, event.timeStamp);
    }
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = this.box.querySelector(`[data-pitch="${pitch + by}"]`);
    if (next instanceof HTMLElement) next.focus();
  }

  /** Lights the keys that sound: yours in your colour, the piece's in its own. */
  frame() {
    const heard = this.player.sounding();
    const state = `${[...this.performer.held].join()}|${[...heard].join()}|${this.low}`;
    if (state === this.lit) return;
    this.lit = state;
    for (const key of this.box.children) {
      const pitch = Number(/** @type {HTMLElement} */ (key).dataset.pitch);
      key.classList.toggle('held', this.performer.held.has(pitch));
      key.classList.toggle('heard', heard.has(pitch));
    }
  }
}

/**
 * So many white keys up from a white key, or down.
 * @param {number} pitch
 * @param {number} steps
 */
function upBy(pitch, steps) {
  let left = Math.abs(steps);
  while (left > 0) {
    pitch += Math.sign(steps);
    if (!isBlack(pitch)) left -= 1;
  }
  return pitch;
}

/** @param {PointerEvent} event */
function pitchUnder(event) {
  const element = document.elementFromPoint(event.clientX, event.clientY)?.closest('[data-pitch]');
  return element instanceof HTMLElement ? Number(element.dataset.pitch) : null;
}
