import { onGrid, stepsPerQuarter } from './quantising.js';

/** @typedef {import('./types.js').Note} Note */

/** A step of the grid in quarters. */
export const step = 1 / stepsPerQuarter;

/** @param {number} value @param {number} low @param {number} high */
export function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}

/**
 * A note, put where it can be: on the grid, within its node's music, on the keyboard.
 * @param {Note} note
 * @param {{ start: number, end: number }} bounds quarters
 * @returns {Note}
 */
export function placed(note, bounds) {
  const duration = Math.max(step, onGrid(note.duration));
  const onset = clamp(onGrid(note.onset), bounds.start, Math.max(bounds.start, bounds.end - step));
  return { ...note, pitch: clamp(Math.round(note.pitch), 21, 108), onset, duration };
}

/**
 * @param {Note[]} notes
 * @param {Note} note
 * @returns {{ notes: Note[], index: number }}
 */
export function adding(notes, note) {
  const index = notes.findIndex((each) => each.onset > note.onset + 1e-9);
  const place = index < 0 ? notes.length : index;
  return { notes: [...notes.slice(0, place), note, ...notes.slice(place)], index: place };
}

/**
 * @param {Note[]} notes
 * @param {number} index
 * @param {Partial<Note>} change
 * @param {{ start: number, end: number }} bounds
 * @returns {{ notes: Note[], index: number }}
 */
export function changing(notes, index, change, bounds) {
  const note = notes[index];
  if (!note) return { notes, index };
  return adding(removing(notes, index), placed({ ...note, ...change }, bounds));
}

/** @param {Note[]} notes @param {number} index */
export function removing(notes, index) {
  return notes.filter((_, place) => place !== index);
}

/**
 * Whether two lists hold the same notes.
 * @param {Note[]} a
 * @param {Note[]} b
 */
export function sameNotes(a, b) {
  return a.length === b.length && a.every((note, place) => {
    const other = b[place];
    return other !== undefined && note.pitch === other.pitch && note.onset === other.onset &&
      note.duration === other.duration && note.velocity === other.velocity &&
      note.part === other.part;
  });
}
