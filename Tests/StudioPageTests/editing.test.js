import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adding, changing, placed, removing, sameNotes } from '../../Sources/Studio/Page/music/editing.js';
import { isBlack, keyLabel, pitchName, readMIDI } from '../../Sources/Studio/Page/music/keys.js';
import { pitchRange, RollLayout } from '../../Sources/Studio/Page/music/layout.js';
import { blendLoop, sampledPitch, sustains } from '../../Sources/Studio/Page/sound/looping.js';
import { note } from './support.js';

const bounds = { start: 4, end: 8 };

test('a note stays on the grid, the keyboard and in its own music', () => {
  assert.deepEqual(placed(note(130, 3.2, 0.01), bounds), note(108, 4, 1 / 12));
  assert.equal(placed(note(60, 9), bounds).onset, 8 - 1 / 12);
});

test('notes stay in order when one is added, moved or removed', () => {
  const { notes, index } = adding([note(60, 4), note(62, 6)], note(64, 5));
  assert.deepEqual(notes.map((each) => each.onset), [4, 5, 6]);
  assert.equal(index, 1);
  const moved = changing(notes, 0, { onset: 7 }, bounds);
  assert.deepEqual(moved.notes.map((each) => each.pitch), [64, 62, 60]);
  assert.equal(moved.index, 2);
  assert.deepEqual(removing(notes, 1), [note(60, 4), note(62, 6)]);
  assert.ok(sameNotes(removing(notes, 1), [note(60, 4), note(62, 6)]));
  assert.ok(!sameNotes(notes, moved.notes));
});

test('a roll goes from music to pixels and back', () => {
  const view = { width: 400, height: 110, from: 4, scale: 50, low: 60, high: 69, top: 10, left: 40 };
  const layout = new RollLayout(view);
  assert.equal(layout.x(5), 90);
  assert.equal(layout.quarter(90), 5);
  assert.equal(layout.y(69), 10);
  assert.equal(layout.pitch(layout.y(64) + 3), 64);
  assert.equal(layout.noteAt([note(64, 5)], 95, layout.y(64) + 1)?.atEnd, false);
  assert.equal(layout.noteAt([note(64, 5)], 139, layout.y(64) + 1)?.atEnd, true);
  assert.equal(layout.noteAt([note(64, 5)], 95, layout.y(65) + 1), null);
});

test('a roll shows every pitch and two octaves at the least', () => {
  const { low, high } = pitchRange([note(60, 0)]);
  assert.ok(low <= 57 && high >= 63 && high - low >= 24);
  assert.deepEqual(pitchRange([note(20, 0), note(100, 0)]), { low: 17, high: 103 });
});

test('keys and pitches have names', () => {
  assert.deepEqual([60, 61, 69, 21].map(pitchName), ['C4', 'C♯4', 'A4', 'A0']);
  assert.deepEqual([60, 61, 64, 66].map(isBlack), [false, true, false, true]);
  assert.equal(keyLabel('KeyY', new Map([['KeyY', 'z']])), 'Z');
  assert.equal(keyLabel('Semicolon', null), ';');
});

test('MIDI messages are read on any channel, a stroke without velocity as a release', () => {
  assert.deepEqual(readMIDI([0x93, 60, 100]), { kind: 'on', pitch: 60, velocity: 100 });
  assert.deepEqual(readMIDI(new Uint8Array([0x90, 60, 0])), { kind: 'off', pitch: 60 });
  assert.deepEqual(readMIDI([0x80, 60, 64]), { kind: 'off', pitch: 60 });
  assert.deepEqual(readMIDI([0xb0, 64, 127]), { kind: 'pedal', down: true });
  assert.equal(readMIDI([0xf8]), null);
});

test('a loop goes on where it began', () => {
  const samples = Float32Array.from({ length: 1000 }, (_, place) => Math.sin(place / 7.3));
  blendLoop(samples, 300, 900);
  const jump = Math.abs((samples[899] ?? 0) - (samples[299] ?? 0));
  assert.ok(jump < 1e-3, `${jump}`);
});

test('a pitch is shifted by a semitone at most within the keyboard', () => {
  for (let pitch = 21; pitch <= 108; pitch += 1) assert.ok(Math.abs(sampledPitch(pitch) - pitch) <= 1);
  assert.ok(sustains(40) && !sustains(0));
});
