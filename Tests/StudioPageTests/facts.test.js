import assert from 'node:assert/strict';
import { test } from 'node:test';
import { copyText } from '../../Sources/Studio/Page/view/facts.js';

test('a copy is told with its source, and whether it is one with changes', () => {
  assert.equal(copyText({ notes: 0, source: null }), 'none found');
  assert.equal(copyText({ notes: 12, source: 'Nocturne' }), '12 notes, of Nocturne');
  assert.equal(copyText({ notes: 12, source: null, near: true }), 'nearly, 12 notes');
});
