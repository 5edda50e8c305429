import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measure, Timeline } from '../../Sources/Studio/Page/music/time.js';

test('a meter has a bar and a beat in quarters, compound meters a dotted one', () => {
  assert.deepEqual(measure('3/4'), { bar: 3, beat: 1 });
  assert.deepEqual(measure('6/8'), { bar: 3, beat: 1.5 });
  assert.deepEqual(measure('3/8'), { bar: 1.5, beat: 0.5 });
  assert.deepEqual(measure('2/2'), { bar: 4, beat: 2 });
});

test('bars are counted from 1 through changes of meter', () => {
  const line = new Timeline(120, '3/4', [], [{ onset: 6, meter: '4/4' }, { onset: 14, meter: '2/4' }]);
  assert.deepEqual([1, 2, 3, 4, 5, 6].map((bar) => line.barStart(bar)), [0, 3, 6, 10, 14, 16]);
  assert.deepEqual([0, 2.9, 3, 6, 9.9, 10, 15.9].map((at) => line.barAt(at)), [1, 1, 2, 3, 3, 4, 5]);
  assert.equal(line.meterAt(7), '4/4');
});

test('a change of meter at 0 replaces the first', () => {
  const line = new Timeline(120, '4/4', [], [{ onset: 0, meter: '3/4' }]);
  assert.equal(line.barStart(2), 3);
});

test('seconds and quarters are inverse through changes of tempo', () => {
  const line = new Timeline(60, '4/4', [{ onset: 4, tempo: 120 }, { onset: 8, tempo: 30 }]);
  assert.equal(line.seconds(4), 4);
  assert.equal(line.seconds(8), 6);
  assert.equal(line.seconds(9), 8);
  for (const at of [0, 1.5, 4, 5, 7.9, 8, 12]) {
    assert.ok(Math.abs(line.quarters(line.seconds(at)) - at) < 1e-9);
  }
});

test('beats lie on the bars, the first of each marked', () => {
  const beats = new Timeline(120, '6/8').beats(1, 6);
  assert.deepEqual(beats, [
    { quarter: 1.5, bar: 1, first: false },
    { quarter: 3, bar: 2, first: true },
    { quarter: 4.5, bar: 2, first: false },
  ]);
});
