import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BeatClock } from '../../Sources/Studio/Page/music/beats.js';
import { Duet } from '../../Sources/Studio/Page/music/duet.js';

// Bars of 2 s from second 10 on.
const clock = () => new BeatClock(10, 120, '4/4');
const duet = () => new Duet(clock(), { pause: 0.5, bars: 2, lead: 0.15 });

test('beats are counted from the origin on, the first of a bar accented', () => {
  assert.deepEqual(clock().beatsBetween(11.4, 12.6).map((each) => [each.time, each.accent]),
    [[11.5, false], [12, true], [12.5, false]]);
});

test('she answers at the bar line after the pause', () => {
  const machine = duet();
  machine.noteOn(60, 12.1);
  machine.noteOff(60, 13);
  assert.deepEqual(machine.tick(13.4), []);
  assert.deepEqual(machine.tick(13.5),
    [{ kind: 'answer', phraseBar: 1, answerBar: 2, at: 14 }]);
});

test('a bar line that cannot be reached is left for the next', () => {
  const machine = duet();
  machine.noteOn(60, 12.1);
  machine.noteOff(60, 13.4);
  assert.deepEqual(machine.tick(13.9), [{ kind: 'answer', phraseBar: 1, answerBar: 3, at: 16 }]);
});

test('a held key is no pause', () => {
  const machine = duet();
  machine.noteOn(60, 12);
  assert.deepEqual(machine.tick(19), []);
});

test('a little early means the bar line', () => {
  const machine = duet();
  machine.noteOn(60, 11.9);
  assert.equal(machine.phraseBar, 1);
});

test('she listens again when her bars are over', () => {
  const machine = duet();
  machine.noteOn(60, 12);
  machine.noteOff(60, 12.4);
  machine.tick(13);
  assert.deepEqual(machine.tick(17.9), []);
  assert.deepEqual(machine.tick(18), [{ kind: 'listen' }]);
  assert.equal(machine.state, 'listening');
});

test('playing into her answer takes over at that bar', () => {
  const machine = duet();
  machine.noteOn(60, 12);
  machine.noteOff(60, 12.4);
  machine.tick(13);
  assert.deepEqual(machine.noteOn(62, 16.3), [{ kind: 'breakAway', bar: 3 }]);
  assert.equal(machine.phraseBar, 3);
});

test('who goes on before she has begun was not finished', () => {
  const machine = duet();
  machine.noteOn(60, 12);
  machine.noteOff(60, 12.4);
  machine.tick(13);
  assert.deepEqual(machine.noteOn(62, 13.5), [{ kind: 'goOn' }]);
  assert.equal(machine.phraseBar, 1);
  machine.noteOff(62, 14.2);
  assert.deepEqual(machine.tick(14.7), [{ kind: 'answer', phraseBar: 1, answerBar: 3, at: 16 }]);
});
