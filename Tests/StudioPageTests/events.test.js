import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventReader } from '../../Sources/Studio/Page/music/events.js';

const text = ': hello\r\n\r\nevent: begun\r\ndata: {"job":"j"}\r\n\r\nevent: notes\ndata: {"a":\ndata: 1}\n\n' +
  'data: 2\n\nevent: nothing\n\nevent: end\rdata:{}\r\r';
const events = [
  { event: 'begun', data: { job: 'j' } },
  { event: 'notes', data: { a: 1 } },
  { event: 'message', data: 2 },
  { event: 'end', data: {} },
];

test('events are read with any line ends, comments and several lines of data', () => {
  assert.deepEqual(new EventReader().push(text + '\n'), events);
});

test('events are the same however the text is cut', () => {
  for (let size = 1; size < 9; size += 1) {
    const reader = new EventReader();
    const read = [];
    for (let at = 0; at < text.length; at += size) read.push(...reader.push(text.slice(at, at + size)));
    read.push(...reader.push('\n'));
    assert.deepEqual(read, events);
  }
});

test('an event that has not ended is not read', () => {
  assert.deepEqual(new EventReader().push('event: notes\ndata: {}\n'), []);
});
