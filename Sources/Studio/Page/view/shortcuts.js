import { isTyping } from '../input/computerKeys.js';
import { find, make } from './dom.js';

/** Keys that are no notes, and what they do. */
const shortcuts = [
  ['A W S E D F …', 'play notes (louder with shift)'],
  ['Z X', 'octave down, up'],
  ['space', 'play, stop'],
  ['enter', 'Clara, go on'],
  ['esc', 'stop her, stop everything; discard what you played'],
  ['B', 'break away: what you hear ends with this bar'],
  ['C', 'compare: the next take from the same place (shift: the one before)'],
  ['1 … 9', 'hear that take'],
  ['R', 'record to the beat, end it'],
  ['M', 'metronome'],
  ['V', 'duet'],
  ['ctrl Z', 'undo (with shift: redo)'],
  ['← →', 'in the roll: the place where music goes on, by bars'],
  ['N', 'list the notes; while you edit in the roll: a new one'],
  [', .', 'while you edit in the roll: the note before, the next; arrows move it, with shift stretch it'],
  ['del', 'delete the note, or the take in the tree'],
  ['* ', 'pin, in the tree'],
  ['?', 'these keys'],
];

export function fillShortcuts() {
  find('shortcuts', HTMLElement).replaceChildren(...shortcuts.flatMap(([keys = '', what = '']) => {
    const names = keys.split(' ').filter(Boolean).map((key) => make('kbd', {}, key));
    return [make('dt', {}, ...names), make('dd', {}, what)];
  }));
}

/**
 * @typedef {{ play: () => void, go: () => void, escape: () => void, breakAway: () => void,
 * compare: (by: number) => void, hear: (place: number) => void, record: () => void,
 * metronome: () => void, duet: () => void, undo: () => void, redo: () => void,
 * octave: (by: number) => void, notes: () => void, help: () => void }} Actions
 * @param {Actions} actions
 */
export function listenToShortcuts(actions) {
  addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.code === 'KeyZ' && !inText(event)) {
      event.preventDefault();
      if (event.shiftKey) actions.redo();
      else actions.undo();
      return;
    }
    if (event.key === 'Escape' && !document.querySelector('dialog[open], :popover-open')) {
      if (inText(event)) /** @type {HTMLElement} */ (event.target).blur();
      else actions.escape();
    }
    if (event.defaultPrevented || event.repeat || isTyping(event)) return;
    const onControl = event.target instanceof Element && event.target.closest('button, a, input, summary');
    if (onControl && (event.key === ' ' || event.key === 'Enter')) return;
    const act = plain(event, actions) ?? lettered(event, actions);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** @param {KeyboardEvent} event */
function inText(event) {
  return event.target instanceof Element && event.target.matches('textarea, input:not([type=range], [type=checkbox])');
}

/**
 * @param {KeyboardEvent} event
 * @param {Actions} actions
 * @returns {(() => void) | null}
 */
function plain(event, actions) {
  if (event.key === ' ') return actions.play;
  if (event.key === 'Enter') return actions.go;
  return null;
}

/**
 * @param {KeyboardEvent} event
 * @param {Actions} actions
 * @returns {(() => void) | null}
 */
function lettered(event, actions) {
  if (event.key === '?') return actions.help;
  if (/^Digit[1-9]$/.test(event.code)) return () => actions.hear(Number(event.code.slice(5)) - 1);
  /** @type {Record<string, () => void>} */
  const table = {
    KeyB: actions.breakAway, KeyC: () => actions.compare(event.shiftKey ? -1 : 1), KeyR: actions.record,
    KeyM: actions.metronome, KeyV: actions.duet, KeyN: actions.notes,
    KeyZ: () => actions.octave(-12), KeyX: () => actions.octave(12),
  };
  return table[event.code] ?? null;
}
