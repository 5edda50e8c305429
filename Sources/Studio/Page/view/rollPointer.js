import { onGrid } from '../music/quantising.js';
import { find } from './dom.js';
import { keysWidth, rulerHeight } from './ruler.js';

/** @typedef {import('./roll.js').Roll} Roll */
/** @typedef {import('./editor.js').Editor} Editor */
/** @typedef {{ pitch: number, quarter: number, bar: number, inRuler: boolean, onKeys: boolean }} Place */

/**
 * Mouse and touch on the roll: the ruler moves the place where music goes on, the rest the place that
 * is played from; where notes are edited, they are drawn, dragged and stretched.
 * @param {import('../studio.js').Studio} studio
 * @param {Roll} roll
 * @param {Editor} editor
 * @param {{ playFrom: (quarter: number) => void, sound: (pitch: number) => void }} actions
 */
export function pointAtRoll(studio, roll, editor, actions) {
  const area = find('roll-scroll', HTMLElement);
  /** @type {'flag' | 'edit' | 'press' | null} */
  let doing = null;
  let pressedAt = 0;

  area.addEventListener('pointerdown', (event) => {
    const place = placeOf(event, roll, studio);
    if (!place || event.button !== 0) return;
    pressedAt = event.clientX;
    doing = place.inRuler ? 'flag' : 'press';
    if (place.onKeys) actions.sound(place.pitch);
    else if (studio.editing && !place.inRuler) doing = editor.press(event, place) ? 'edit' : null;
    if (doing === 'flag' || doing === 'edit') {
      area.setPointerCapture(event.pointerId);
      event.preventDefault();
      area.focus({ preventScroll: true });
    }
    if (doing === 'flag') studio.setFlag(nearestBar(place, studio));
  });

  area.addEventListener('pointermove', (event) => {
    const place = placeOf(event, roll, studio);
    if (!place) return;
    if (doing === 'flag') studio.setFlag(nearestBar(place, studio));
    else if (doing === 'edit') editor.drag(place);
    else area.style.cursor = cursor(event, place, roll, studio, editor);
  });

  area.addEventListener('pointerup', (event) => {
    const place = placeOf(event, roll, studio);
    // A finger that moved has scrolled.
    const tapped = Math.abs(event.clientX - pressedAt) < 6;
    if (doing === 'press' && place && !place.onKeys && tapped) actions.playFrom(onGrid(place.quarter));
    if (doing === 'edit') editor.drop();
    doing = null;
  });

  area.addEventListener('pointercancel', () => {
    if (doing === 'edit') editor.drop();
    doing = null;
  });

  area.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    roll.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15);
  }, { passive: false });
}

/** @param {Place} place @param {import('../studio.js').Studio} studio */
function nearestBar(place, studio) {
  const piece = studio.piece;
  if (!piece) return 1;
  const length = piece.timeline.barStart(place.bar + 1) - piece.timeline.barStart(place.bar);
  return piece.timeline.barAt(Math.max(0, place.quarter + length / 2));
}

/**
 * @param {PointerEvent} event
 * @param {Roll} roll
 * @param {import('../studio.js').Studio} studio
 * @returns {Place | null}
 */
export function placeOf(event, roll, studio) {
  const piece = studio.piece;
  if (!piece) return null;
  const box = roll.scroll.getBoundingClientRect();
  const x = event.clientX - box.left;
  const y = event.clientY - box.top;
  // The bar for scrolling is the browser's.
  if (y > roll.scroll.clientHeight || x > roll.scroll.clientWidth) return null;
  const layout = roll.layout();
  const quarter = Math.max(0, layout.quarter(x));
  const pitch = layout.pitch(y);
  const inRuler = y < rulerHeight && x >= keysWidth;
  return { pitch, quarter, bar: piece.timeline.barAt(quarter), inRuler, onKeys: x < keysWidth };
}

/**
 * @param {PointerEvent} event
 * @param {Place} place
 * @param {Roll} roll
 * @param {import('../studio.js').Studio} studio
 * @param {Editor} editor
 */
function cursor(event, place, roll, studio, editor) {
  if (place.inRuler) return 'col-resize';
  if (place.onKeys) return 'pointer';
  if (!studio.editing) return 'default';
  const found = editor.under(event);
  if (!found) return 'crosshair';
  return found.atEnd ? 'ew-resize' : 'grab';
}

/**
 * Keys on the roll: where music goes on, by bars; where notes are edited, those first.
 * @param {import('../studio.js').Studio} studio
 * @param {Roll} roll
 * @param {Editor} editor
 * @param {(text: string) => void} tell
 */
export function moveInRoll(studio, roll, editor, tell) {
  find('roll-scroll', HTMLElement).addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const bars = studio.piece?.bars ?? 0;
    /** @type {Record<string, number>} */
    const flags = { ArrowLeft: studio.flag - 1, ArrowRight: studio.flag + 1, Home: 1, End: bars + 1 };
    const flag = flags[event.key];
    if (!editor.key(event)) {
      if (flag === undefined) return;
      studio.setFlag(flag);
      roll.needed = true;
      tell(`Music goes on at bar ${studio.flag}`);
    }
    event.preventDefault();
    event.stopPropagation();
  });
}
