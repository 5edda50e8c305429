import { stream, Trouble } from './api.js';
import { nodePath, record } from './changes.js';
import { added } from './music/history.js';
import { nodeOf, parentFor } from './music/tree.js';
import { remember } from './studio.js';

/** @typedef {import('./studio.js').Studio} Studio */
/** @typedef {import('./music/types.js').Node} Node */
/** @typedef {import('./music/types.js').Note} Note */

/**
 * What is asked for.
 * @typedef {{ fromBar: number, bars: number, takes: number, voice: string }
 *   & Record<string, unknown>} Wish
 */

let count = 0;

/**
 * Asks Clara to go on, and shows her takes while she writes them. Ends when she has, or was stopped.
 * @param {Studio} studio
 * @param {Wish} wish
 * @returns {Promise<Node[]>} the takes that are complete
 */
export async function askForTakes(studio, wish) {
  const parent = studio.session && parentFor(studio.session, studio.selected, wish.fromBar);
  if (!parent) return [];
  stop(studio);
  const round = new Round(studio, parent, wish);
  studio.asking = round.abort;
  try {
    await stream(`${nodePath(studio, parent.id)}/takes`, wish, round.abort.signal,
      (event) => round.take(event));
  } catch (error) {
    if (!round.abort.signal.aborted) throw error;
  } finally {
    round.abort.abort();
    round.settle();
  }
  if (round.trouble) throw round.trouble;
  return round.kept;
}

/**
 * Stops her at once; takes that are complete stay.
 * @param {Studio} studio
 */
export function stop(studio) {
  const asking = studio.asking;
  if (!asking) return;
  studio.asking = null;
  // The server ends a job when its connection is closed; it may have done so before a DELETE came.
  asking.abort();
  studio.changed();
}

/** Takes that are being written at the same time. */
class Round {
  /** @param {Studio} studio @param {Node} parent @param {Wish} wish */
  constructor(studio, parent, wish) {
    this.studio = studio;
    this.id = studio.session?.id;
    this.abort = new AbortController();
    this.before = { selected: studio.selected, flag: studio.flag };
    /** @type {Node[]} */
    this.kept = [];
    /** @type {Trouble | null} what did not work, while other takes went on */
    this.trouble = null;
    this.settled = false;
    count += 1;
    /** @type {(Node | null)[]} */
    this.writing = Array.from({ length: wish.takes }, (_, index) => ({
      id: `writing-${count}-${index}`, parent: parent.id, kind: 'take', name: '', annotation: '',
      pinned: false, fromBar: wish.fromBar, bars: wish.bars, notes: [],
      streaming: { index, ready: wish.fromBar - 1 },
    }));
    this.session?.nodes.push(.../** @type {Node[]} */ (this.writing));
    if (this.writing[0]) studio.select(this.writing[0].id);
  }

  /** The session that they belong to, as long as it is open. */
  get session() {
    return this.studio.session?.id === this.id ? this.studio.session : null;
  }

  /** @param {import('./music/events.js').StreamEvent} event */
  take({ event, data }) {
    if (event === 'begun') this.begun(data);
    else if (event === 'notes') this.write(data.take, data);
    else if (event === 'take') this.complete(data.take, data.node);
    else if (event === 'judged') this.judged(data);
    else if (event === 'failed') this.trouble = new Trouble(data.message, 500);
  }

  /** @param {{ parts?: import('./music/types.js').Part[] }} begun */
  begun({ parts }) {
    if (parts && this.session) this.session.parts = parts;
  }

  /**
   * @param {number} index
   * @param {{ notes: Note[], tempos?: import('./music/types.js').TempoChange[] }} told
   */
  write(index, { notes, tempos }) {
    const node = this.writing[index];
    if (!node?.streaming || !this.studio.piece) return;
    const timeline = this.studio.piece.timeline;
    if (tempos?.length) node.tempos = [...(node.tempos ?? []), ...tempos];
    for (const note of notes) {
      const known = note.id === undefined ? -1 : node.notes.findIndex((each) => each.id === note.id);
      const whole = { ...note, duration: Math.max(note.duration || 0, 1 / 12) };
      if (known >= 0) node.notes[known] = whole;
      else node.notes.push(whole);
      // All bars before the one that a note begins in are finished.
      node.streaming.ready = Math.max(node.streaming.ready, timeline.barAt(note.onset) - 1);
    }
    this.grown(node.id);
  }

  /** @param {number} index @param {Node} node */
  complete(index, node) {
    const written = this.writing[index];
    const nodes = this.session?.nodes;
    if (!nodes) return;
    this.writing[index] = null;
    this.kept.push(node);
    const place = nodes.findIndex((each) => each === written);
    if (place >= 0) nodes[place] = node;
    else nodes.push(node);
    if (written && this.studio.selected === written.id) {
      this.studio.selected = node.id;
      remember(this.studio);
    }
    this.grown(node.id);
    // She only judges them now; one need not wait for that.
    if (this.writing.every((each) => each === null)) this.settle();
  }

  /** @param {{ node: string, originality: any, human: any }} told */
  judged({ node, originality, human }) {
    const found = this.session?.nodes.find((each) => each.id === node);
    if (!found?.take) return;
    found.take.originality = originality ?? null;
    found.take.human = human ?? null;
    this.studio.changed();
  }

  /**
   * Tells at once who plays it, and the views before the next frame.
   * @param {string} id
   */
  grown(id) {
    this.studio.changed();
    if (this.studio.selected === id) this.studio.dispatchEvent(new Event('notes'));
  }

  /** Nothing more is written: the takes that are complete are one thing to undo. */
  settle() {
    const { studio, session, kept } = this;
    if (this.settled) return;
    this.settled = true;
    if (studio.asking === this.abort) studio.asking = null;
    if (!session) return;
    session.nodes = session.nodes.filter((node) => !this.writing.includes(node));
    if (!nodeOf(session, studio.selected)) {
      if (kept[0]) studio.select(kept[0].id);
      else studio.select(this.before.selected, { flag: this.before.flag });
    }
    studio.changed();
    if (kept.length === 0) return;
    record(studio, added(kept.length === 1 ? 'a take' : `${kept.length} takes`, kept.map(({ id }) => id)));
  }
}
