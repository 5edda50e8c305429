import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barsFor, onGrid, quantise, withoutOverlaps } from '../../Sources/Studio/Page/music/quantising.js';
import { Recording } from '../../Sources/Studio/Page/music/recording.js';
import { note } from './support.js';

/** @param {number} pitch @param {number} onset @param {number} duration */
const raw = (pitch, onset, duration) => ({ pitch, onset, duration, velocity: 90 });

test('onsets and ends go to the nearest twelfth of a quarter', () => {
  const [first, second] = quantise([raw(60, 0.02, 0.24), raw(62, 0.51, 0.16)], 120, 8, 1);
  assert.deepEqual([first?.onset, first?.duration, first?.part], [8, 0.5, 1]);
  assert.equal(second?.onset, 9);
  assert.equal(second?.duration, onGrid(1 / 3));
});

test('a note is never shorter than a step', () => {
  assert.equal(quantise([raw(60, 0, 0.001)], 120, 0, 0)[0]?.duration, 1 / 12);
});

test('a pitch that is struck again ends the one before; a double stroke is one', () => {
  const notes = quantise([raw(60, 0, 1), raw(60, 0.5, 0.5), raw(60, 0.51, 1)], 120, 0, 0);
  assert.deepEqual(notes.map((each) => [each.onset, each.duration]), [[0, 1], [1, 2]]);
});

test('every onset is an exact twelfth, however late in the piece', () => {
  const [only] = quantise([raw(60, 0.333, 0.1)], 97, 1000 / 3, 0);
  assert.equal(only?.onset, Math.round((only?.onset ?? 0) * 12) / 12);
});

test('bars hold a phrase; a chord that hangs over makes none of its own', () => {
  assert.equal(barsFor([note(60, 0, 4)], 0, 4), 1);
  assert.equal(barsFor([note(60, 3, 1.5)], 0, 4), 1);
  assert.equal(barsFor([note(60, 4, 0.5)], 0, 4), 2);
  assert.equal(barsFor([note(60, 3, 3)], 0, 4), 2);
  assert.equal(barsFor([], 0, 4), 1);
});

test('the pedal holds what was let go', () => {
  const recording = new Recording();
  recording.noteOn(60, 80, 1);
  recording.pedalTo(true, 1.1);
  recording.noteOff(60, 1.2);
  recording.noteOn(64, 80, 1.5);
  recording.pedalTo(false, 2);
  recording.noteOff(64, 3);
  /** @param {{ onset: number, duration: number }[]} notes */
  const times = (notes) => notes.map(({ onset, duration }) => [onset, Number(duration.toFixed(6))]);
  assert.deepEqual(times(recording.sounding(1, 9)), [[0, 1], [0.5, 1.5]]);
  // What the keys did knows no pedal.
  assert.deepEqual(times(recording.raw(1, 9)), [[0, 0.2], [0.5, 1.5]]);
  assert.equal(recording.isHeld, false);
});

test('what is played early stays early in the raw timing and begins the bar on the grid', () => {
  const recording = new Recording();
  recording.noteOn(60, 80, 0.9);
  recording.noteOff(60, 1.5);
  const [early] = recording.raw(1, 2);
  assert.ok(early && Math.abs(early.onset + 0.1) < 1e-9);
  assert.deepEqual(quantise([early], 120, 4, 0).map(({ onset, duration }) => [onset, duration]), [[4, 1]]);
});

test('what still sounds is as long as it has been', () => {
  const recording = new Recording();
  recording.noteOn(60, 80, 1);
  assert.equal(recording.raw(0.5, 3)[0]?.duration, 2);
  assert.equal(recording.isHeld, true);
});

test('a key that is struck again ends, and is not struck twice at once', () => {
  const notes = [note(60, 0, 2), note(60, 0, 3), note(60, 1), note(61, 1), { ...note(60, 1.5), part: 1 }];
  assert.deepEqual(withoutOverlaps(notes),
    [note(60, 0, 1), note(60, 1), note(61, 1), { ...note(60, 1.5), part: 1 }]);
});
