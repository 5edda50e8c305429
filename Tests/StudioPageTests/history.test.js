import assert from 'node:assert/strict';
import { test } from 'node:test';
import { added, deleted, edited, History, patched, replaced } from '../../Sources/Studio/Page/music/history.js';
import { note } from './support.js';

test('what is undone can be done again until something new happens', () => {
  const history = new History();
  history.record(added('4 takes', ['a', 'b']));
  history.record(deleted('Take A', 'a'));
  assert.deepEqual(history.undoable?.undo, [{ kind: 'restore', node: 'a' }]);
  history.undone();
  assert.equal(history.undoable?.label, '4 takes');
  assert.deepEqual(history.redoable?.redo, [{ kind: 'delete', node: 'a' }]);
  history.record(patched('name', 'b', { name: '' }, { name: 'x' }));
  assert.equal(history.redoable, null);
  assert.equal(history.past.length, 2);
});

test('a change stays undoable where undoing fails', () => {
  const history = new History();
  history.record(deleted('Take A', 'a'));
  assert.equal(history.undoable, history.undoable);
  assert.equal(history.redoable, null);
});

test('it is the same after a reload', () => {
  const history = new History();
  history.record(added('You', ['a']));
  history.record(added('You', ['b']));
  history.undone();
  const again = new History(JSON.parse(JSON.stringify(history)));
  assert.deepEqual(again.undoable, history.undoable);
  assert.deepEqual(again.redoable, history.redoable);
});

test('what was kept badly is an empty history', () => {
  assert.equal(new History(JSON.parse('{"past": 3}')).undoable, null);
});

test('of changed notes only those that changed are remembered', () => {
  const before = [note(60, 0), note(62, 1), note(62, 1), note(64, 2)];
  const after = [note(60, 0), note(62, 1), note(65, 2), note(70, 3)];
  const [undo] = edited('notes', 'a', before, after).undo;
  const [redo] = edited('notes', 'a', before, after).redo;
  assert(undo?.kind === 'notes' && redo?.kind === 'notes');
  assert.deepEqual(redo.out, [note(62, 1), note(64, 2)]);
  assert.deepEqual(redo.into, [note(65, 2), note(70, 3)]);
  assert.deepEqual(replaced(before, redo), after);
  assert.deepEqual(replaced(after, undo), before);
  // As the server tells them again.
  const told = after.map((each) => ({ ...each, onset: each.onset + 1e-12, duration: each.duration - 1e-12 }));
  assert.equal(replaced(told, undo).length, before.length);
});
