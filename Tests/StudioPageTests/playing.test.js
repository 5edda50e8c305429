import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heardUntil, Playhead, readyUntil } from '../../Sources/Studio/Page/music/playing.js';
import { pieceAt } from '../../Sources/Studio/Page/music/tree.js';
import { node, note, session } from './support.js';

// Two quarters a second.
const whole = pieceAt(session([node({ id: 'a', notes: [note(60, 0), note(62, 1), note(64, 6, 2)] })]), 'a');
/** @param {number} ready @param {number} count */
const streaming = (ready, count) => pieceAt(session([node({
  id: 'a', notes: [note(60, 0), note(64, 5)].slice(0, count), streaming: { index: 0, ready },
})]), 'a');

test('notes are handed out once, with their seconds', () => {
  const head = new Playhead(whole, 0, 100);
  assert.deepEqual(head.due(100, 100.6).map((each) => [each.note.pitch, each.at, each.duration]),
    [[60, 100, 0.5], [62, 100.5, 0.5]]);
  assert.deepEqual(head.due(100.2, 100.8), []);
  assert.deepEqual(head.due(102.9, 103.2).map((each) => [each.note.pitch, each.at]), [[64, 103]]);
  assert.equal(head.isOver(103.9), false);
  assert.equal(head.isOver(104), true);
});

test('it can begin anywhere', () => {
  const head = new Playhead(whole, 6, 50);
  assert.deepEqual(head.due(50, 51).map((each) => each.at), [50]);
});

test('a take can be heard while it is written, and waits at what is not there yet', () => {
  assert.equal(readyUntil(streaming(1, 1)), 4);
  const head = new Playhead(streaming(1, 1), 0, 10);
  head.due(10, 13);
  assert.deepEqual(head.due(15, 15.2), []);
  assert.equal(head.isOver(15), false);
  head.grow(streaming(2, 2));
  assert.deepEqual(head.due(15.1, 16).map((each) => [each.note.pitch, each.at]), [[64, 15.5]]);
});

test('changing to another way on keeps the place', () => {
  const head = new Playhead(whole, 0, 0);
  head.due(0, 1.5);
  const other = pieceAt(session([node({ id: 'b', notes: [note(70, 3)] })], { tempo: 60 }), 'b');
  head.change(other, 1);
  assert.equal(head.quarter(1), 2);
  assert.deepEqual(head.due(1, 2.5).map((each) => [each.note.pitch, each.at]), [[70, 2]]);
});

test('the pedal lets a note sound on until it comes up or the key is struck again', () => {
  const pedals = [{ down: 0, up: 4, part: 0 }];
  const held = pieceAt(session([node({ id: 'a', notes: [note(60, 0), note(62, 1), note(60, 3)], pedals })]), 'a');
  assert.deepEqual(held.notes.map((each) => heardUntil(held, each)), [3, 4, 4]);
  assert.equal(heardUntil(whole, /** @type {any} */ (whole.notes[0])), 1);
});
