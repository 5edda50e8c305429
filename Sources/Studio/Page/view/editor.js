import { addPlayed, newID, patch } from '../changes.js';
import { adding, changing, placed, removing, sameNotes } from '../music/editing.js';
import { pitchName } from '../music/keys.js';
import { stepsPerQuarter, withoutOverlaps } from '../music/quantising.js';
import { nodeOf } from '../music/tree.js';

/** @typedef {import('../studio.js').Studio} Studio */
/** @typedef {import('../music/types.js').Note} Note */
/** @typedef {import('../music/types.js').Node} Node */
/** @typedef {{ pitch: number, quarter: number }} Place */

/** Adding, moving, stretching and deleting notes in the roll, each in the node that it belongs to. */
export class Editor {
  /**
   * @param {Studio} studio
   * @param {import('./roll.js').Roll} roll
   * @param {{ sound: (pitch: number) => void, whisper: (text: string) => void,
   * attempt: (work: () => Promise<unknown>) => void }} actions
   */
  constructor(studio, roll, actions) {
    this.studio = studio;
    this.roll = roll;
    this.actions = actions;
    /** @type {{ node: Node, before: Note[], from: Place, note: Note, index: number,
     *   stretch: boolean, label: string } | null} */
    this.hand = null;
    this.length = 0.5;
    studio.addEventListener('select', () => this.choose(null));
  }

  /** @param {PointerEvent} event */
  under(event) {
    const box = this.roll.scroll.getBoundingClientRect();
    const notes = this.studio.piece?.notes ?? [];
    return this.roll.layout().noteAt(notes, event.clientX - box.left, event.clientY - box.top);
  }

  /** @param {{ owner: string, index: number } | null} chosen */
  choose(chosen) {
    this.roll.chosen = chosen;
    this.roll.needed = true;
  }

  get chosen() {
    const chosen = this.roll.chosen;
    const node = chosen && this.studio.session && nodeOf(this.studio.session, chosen.owner);
    const note = node?.notes[chosen?.index ?? -1];
    return chosen && node && note ? { node, note, index: chosen.index } : null;
  }

  /**
   * Where a node's own music may lie: up to where the next one's begins, with the last a bar further.
   * @param {Node} node
   */
  bounds(node) {
    const piece = this.studio.piece;
    const segment = piece?.segments.find((each) => each.node.id === node.id);
    return { start: segment?.start ?? 0, end: segment?.end ?? 0 };
  }

  /**
   * Takes hold of the note there, or makes one.
   * @param {PointerEvent} event
   * @param {Place} place
   * @returns {boolean} whether there is something to drag
   */
  press(event, place) {
    const found = this.under(event);
    const node = found && this.studio.session && nodeOf(this.studio.session, found.note.owner);
    if (found && node && !node.streaming) {
      const { owner, index } = found.note;
      const note = node.notes[index];
      if (!note) return false;
      this.choose({ owner, index });
      this.actions.sound(note.pitch);
      const stretch = found.atEnd;
      this.hand = { node, before: node.notes, from: place, note, index, stretch, label: 'moving a note' };
      return true;
    }
    return this.add(place);
  }

  /** @param {Place} place */
  add(place) {
    const onset = Math.floor(place.quarter / this.length + 1e-6) * this.length;
    const note = { pitch: place.pitch, onset, duration: this.length, velocity: 80, part: this.studio.part };
    const segment = this.studio.piece?.segments.find((each) => onset >= each.start && onset < each.end);
    this.actions.sound(place.pitch);
    if (!segment || segment.node.streaming) {
      const id = newID();
      this.actions.attempt(() => this.begin(note, id));
      return false;
    }
    const { node } = segment;
    const before = node.notes;
    const { notes, index } = adding(before, placed(note, this.bounds(node)));
    node.notes = notes;
    this.choose({ owner: node.id, index });
    this.hand = { node, before, from: place, note, index, stretch: true, label: 'a new note' };
    this.studio.changed();
    return true;
  }

  /**
   * A note after the end makes new music of its own.
   * @param {Note} note
   * @param {string} id its node's
   */
  async begin(note, id) {
    const piece = this.studio.piece;
    if (!piece || note.onset < piece.end - 1e-6) return;
    const bar = piece.timeline.barAt(note.onset);
    const bars = bar - piece.bars;
    const node = await addPlayed(this.studio, { id, fromBar: piece.bars + 1, bars, notes: [note] });
    if (node) this.choose({ owner: node.id, index: 0 });
  }

  /** @param {Place} place */
  drag(place) {
    const hand = this.hand;
    if (!hand) return;
    const moved = place.quarter - hand.from.quarter;
    const { note } = hand;
    const change = hand.stretch
      ? { duration: Math.max(1 / stepsPerQuarter, note.duration + moved) }
      : { onset: note.onset + moved, pitch: note.pitch + place.pitch - hand.from.pitch };
    this.change(hand, change);
  }

  /**
   * @param {{ node: Node, index: number }} held
   * @param {Partial<Note>} change
   */
  change(held, change) {
    const before = held.node.notes[held.index];
    const { notes, index } = changing(held.node.notes, held.index, change, this.bounds(held.node));
    held.node.notes = notes;
    held.index = index;
    this.choose({ owner: held.node.id, index });
    const after = notes[index];
    if (after && before && after.pitch !== before.pitch) this.actions.sound(after.pitch);
    this.studio.changed();
  }

  /** Keeps what was done with the note in hand. */
  drop() {
    const hand = this.hand;
    this.hand = null;
    if (hand) this.keep(hand.node, hand.before, hand.label);
  }

  /** @param {Node} node @param {Note[]} before @param {string} label */
  keep(node, before, label) {
    const notes = withoutOverlaps(node.notes);
    if (notes.length < node.notes.length) this.choose(null);
    // `patch` remembers what was there before.
    node.notes = before;
    this.studio.changed();
    if (sameNotes(before, notes)) return;
    this.actions.attempt(() => patch(this.studio, node, { notes }, label));
  }

  /**
   * Keys for the chosen note: arrows move it, with shift they stretch it or go by octaves.
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key was used
   */
  key(event) {
    const held = this.chosen;
    if (!this.studio.editing) return false;
    if (event.key === 'Enter' || event.key === 'n') return this.addAtFlag();
    if (event.key === '.' || event.key === ',') return this.step(event.key === '.' ? 1 : -1);
    if (!held) return false;
    const before = held.node.notes;
    if (event.key === 'Delete' || event.key === 'Backspace') {
      held.node.notes = removing(before, held.index);
      this.choose(null);
      this.keep(held.node, before, 'deleting a note');
      return true;
    }
    const change = changeFor(event, held.note);
    if (!change) return false;
    this.change(held, change);
    this.tell();
    this.keep(held.node, before, 'changing a note');
    return true;
  }

  addAtFlag() {
    const { piece, playFrom } = this.studio;
    if (!piece) return false;
    this.add({ pitch: this.chosen?.note.pitch ?? 60, quarter: playFrom });
    this.drop();
    this.tell();
    return true;
  }

  /**
   * The next note, or the one before.
   * @param {number} by
   */
  step(by) {
    const notes = this.studio.piece?.notes ?? [];
    const chosen = this.roll.chosen;
    const place = notes.findIndex((n) => n.owner === chosen?.owner && n.index === chosen.index);
    const next = notes[place < 0 ? 0 : Math.min(notes.length - 1, Math.max(0, place + by))];
    if (!next) return false;
    this.choose({ owner: next.owner, index: next.index });
    this.actions.sound(next.pitch);
    this.tell();
    return true;
  }

  tell() {
    const note = this.chosen?.note;
    const timeline = this.studio.piece?.timeline;
    if (!note || !timeline) return;
    const bar = timeline.barAt(note.onset);
    const beat = Math.round((note.onset - timeline.barStart(bar) + 1) * 100) / 100;
    this.actions.whisper(`${pitchName(note.pitch)}, bar ${bar}, quarter ${beat}, ` +
      `length ${Math.round(note.duration * 100) / 100}`);
  }
}

/**
 * @param {KeyboardEvent} event
 * @param {Note} note
 * @returns {Partial<Note> | null}
 */
function changeFor({ key, shiftKey }, note) {
  const step = 0.25;
  if (key === 'ArrowUp') return { pitch: note.pitch + (shiftKey ? 12 : 1) };
  if (key === 'ArrowDown') return { pitch: note.pitch - (shiftKey ? 12 : 1) };
  const by = key === 'ArrowRight' ? step : key === 'ArrowLeft' ? -step : 0;
  if (by === 0) return null;
  return shiftKey ? { duration: Math.max(step, note.duration + by) } : { onset: note.onset + by };
}
