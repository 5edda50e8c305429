import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tree from '../../Sources/Studio/Page/music/tree.js';
import { node, note, session } from './support.js';

const kept = session([
  node({ id: 'you', kind: 'played', bars: 4, notes: [note(60, 0, 4), note(62, 6, 4), note(64, 12)] }),
  node({ id: 'a', parent: 'you', fromBar: 5, notes: [note(70, 16), note(71, 20)] }),
  node({ id: 'b', parent: 'you', fromBar: 5, notes: [note(72, 16)] }),
  node({ id: 'break', parent: 'you', fromBar: 3, notes: [note(80, 8)] }),
  node({ id: 'gone', parent: 'you', fromBar: 5, deleted: true }),
  node({ id: 'next', parent: 'a', kind: 'played', fromBar: 7, bars: 1, notes: [note(50, 24)] }),
]);

test('a piece is the path from the root, each up to where the next begins', () => {
  const piece = tree.pieceAt(kept, 'next');
  assert.deepEqual(piece.notes.map((each) => each.pitch), [60, 62, 64, 70, 71, 50]);
  assert.equal(piece.bars, 7);
  assert.equal(piece.end, 28);
  assert.deepEqual(piece.segments.map((each) => [each.node.id, each.start, each.end]),
    [['you', 0, 16], ['a', 16, 24], ['next', 24, 28]]);
});

test('breaking away leaves out what came later and cuts what sounds across the bar line', () => {
  const piece = tree.pieceAt(kept, 'break');
  assert.deepEqual(piece.notes.map((each) => [each.pitch, each.onset, each.duration]),
    [[60, 0, 4], [62, 6, 2], [80, 8, 1]]);
});

test('each note knows the node it belongs to', () => {
  const owners = tree.pieceAt(kept, 'a').notes.map((each) => `${each.owner} ${each.index}`);
  assert.deepEqual(owners, ['you 0', 'you 1', 'you 2', 'a 0', 'a 1']);
});

test('meters of a node hold from its own place on', () => {
  const changed = session([
    node({ id: 'you', bars: 2 }),
    node({ id: 'x', parent: 'you', fromBar: 3, meters: [{ onset: 8, meter: '3/4' }] }),
    node({ id: 'y', parent: 'x', fromBar: 5, bars: 1 }),
  ]);
  assert.equal(tree.pieceAt(changed, 'y').end, 17);
  assert.equal(tree.pieceAt(changed, 'you').end, 8);
});

test('trying again from where a take began makes a sibling, from within it a child', () => {
  assert.equal(tree.parentFor(kept, 'a', 5)?.id, 'you');
  assert.equal(tree.parentFor(kept, 'a', 6)?.id, 'a');
  assert.equal(tree.parentFor(kept, 'a', 7)?.id, 'a');
  assert.equal(tree.parentFor(kept, 'next', 3)?.id, 'you');
  assert.equal(tree.parentFor(kept, 'next', 1)?.id, 'root');
});

test('siblings begin at the same bar, and the deleted are none of them', () => {
  assert.deepEqual(tree.siblings(kept, 'b').map((each) => each.id), ['a', 'b']);
  assert.deepEqual(tree.siblings(kept, 'root'), []);
});

test('rows are set in only where ways part', () => {
  assert.deepEqual(tree.treeRows(kept).map((row) => [row.node.id, row.depth]),
    [['you', 0], ['a', 1], ['next', 1], ['b', 1], ['break', 1]]);
});

test('nodes without a name are lettered among their own', () => {
  const names = ['you', 'a', 'b', 'break'].map((id) => {
    const found = tree.nodeOf(kept, id);
    return found && tree.nameOf(kept, found);
  });
  assert.deepEqual(names, ['You', 'Take A', 'Take B', 'Take A']);
});

test('a session opens where it was left: at the latest end', () => {
  assert.equal(tree.latest(kept), 'next');
  assert.equal(tree.latest(session([])), 'root');
});

test('a node goes with all below it', () => {
  assert.deepEqual([...tree.withDescendants(kept, 'a')], ['a', 'next']);
});

test('the beat is what files and players set, however takes linger', () => {
  const lingering = session([
    node({ id: 'file', kind: 'file', tempos: [{ onset: 0, tempo: 84 }] }),
    node({ id: 'take', parent: 'file', fromBar: 3, tempos: [{ onset: 9, tempo: 60 }] }),
  ]);
  assert.equal(tree.steadyTempo(lingering, tree.pieceAt(lingering, 'take'), 16), 84);
  assert.equal(tree.pieceAt(lingering, 'take').timeline.tempoAt(16), 60);
});

test('a way on that begins before its parent takes the place of all that is later', () => {
  const first = node({ id: 'a', bars: 4, notes: [note(60, 0), note(60, 12)] });
  const second = node({ id: 'b', parent: 'a', fromBar: 5, bars: 2, notes: [note(62, 16)] });
  const third = node({ id: 'c', parent: 'b', fromBar: 3, bars: 1, notes: [note(64, 8)] });
  const { notes, segments } = tree.pieceAt(session([first, second, third]), 'c');
  assert.deepEqual(notes.map(({ pitch, onset }) => [pitch, onset]), [[60, 0], [64, 8]]);
  assert.deepEqual(segments.map((each) => each.node.id), ['a', 'c']);
});
