import { playingKeys } from '../music/keys.js';

/** @typedef {import('./performer.js').Performer} Performer */

/**
 * The computer's keyboard as a piano: the middle row is white, the one above black.
 * @param {Performer} performer
 * @param {{ base: () => number, isOn: () => boolean }} options the pitch of the lowest key
 */
export function playWithComputerKeys(performer, { base, isOn }) {
  /** @type {Map<string, number>} */
  const down = new Map();
  addEventListener('keydown', (event) => {
    const step = playingKeys.get(event.code);
    if (step === undefined || event.repeat || !isOn() || isTyping(event)) return;
    event.preventDefault();
    const pitch = base() + step;
    down.set(event.code, pitch);
    performer.noteOn(pitch, event.shiftKey ? 105 : 80, event.timeStamp);
  });
  addEventListener('keyup', (event) => {
    const pitch = down.get(event.code);
    if (pitch === undefined) return;
    down.delete(event.code);
    performer.noteOff(pitch, event.timeStamp);
  });
  addEventListener('blur', () => {
    down.clear();
    performer.letGo();
  });
}

/**
 * Whether a key belongs to a field, a menu or the system and not to the instrument.
 * @param {KeyboardEvent} event
 */
export function isTyping(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (!target) return false;
  if (target.closest('dialog[open]')) return true;
  return target.matches('select, textarea, input:not([type=range], [type=checkbox])');
}
