import { History } from './music/history.js';
import { latest, nodeOf, pieceAt, siblings } from './music/tree.js';

/** @typedef {import('./music/types.js').Session} Session */
/** @typedef {import('./music/types.js').Note} Note */
/** @typedef {import('./music/tree.js').Piece} Piece */
/**
 * What was played and the server does not have yet: `after` what it was played, `saved` once it is on its
 * way, `id` its node's, so that it is added once, however often it is sent.
 * @typedef {{ notes: Note[], raw: import('./music/types.js').RawNote[], fromBar: number,
 *   start: number, bars: number, running: boolean, after: string, id?: string,
 *   saved?: Promise<import('./music/types.js').Node | null> }} Draft
 */

/**
 * What the page knows: the open session, what is chosen in it, and what is under way. Whoever changes
 * it says so (`changed`), and all views follow once a frame.
 */
export class Studio extends EventTarget {
  constructor() {
    super();
    /** @type {Session | null} */
    this.session = null;
    /** @type {string} the node whose piece is shown and heard */
    this.selected = '';
    /** The bar at which new music begins. */
    this.flag = 1;
    /** The quarter from which it is played. */
    this.playFrom = 0;
    /** @type {Draft | null} */
    this.draft = null;
    /** @type {Draft[]} those on their way to the server, or refused by it */
    this.waiting = [];
    this.history = new History();
    /** @type {import('./music/types.js').Voice[]} */
    this.voices = [];
    /** @type {import('./music/types.js').SoundFacts | null} */
    this.soundFacts = null;
    /** The part that one plays oneself. */
    this.part = 0;
    /** @type {AbortController | null} */
    this.asking = null;
    this.editing = false;
    /** @type {Promise<unknown>} the change that is under way */
    this.turn = Promise.resolve();
    /** @type {Piece | null} */
    this.madePiece = null;
    this.due = false;
  }

  /** The piece at the chosen node. */
  get piece() {
    if (!this.session) return null;
    this.madePiece ??= pieceAt(this.session, this.selected);
    return this.madePiece;
  }

  get node() {
    return this.session && nodeOf(this.session, this.selected);
  }

  /** The ways on that are compared: the chosen one and its siblings. */
  get lanes() {
    const kin = this.session ? siblings(this.session, this.selected) : [];
    return kin.length > 1 || kin[0]?.kind === 'take' ? kin : [];
  }

  get isEmpty() {
    return this.session !== null && this.session.nodes.every((n) => n.kind === 'root' || n.deleted);
  }

  /** All views follow before the next frame. */
  changed() {
    this.madePiece = null;
    if (this.due) return;
    this.due = true;
    requestAnimationFrame(() => {
      this.due = false;
      this.dispatchEvent(new Event('change'));
    });
  }

  /**
   * Chooses a node; what comes next goes on from its end.
   * @param {string} id
   * @param {{ flag?: number }} [options]
   */
  select(id, options = {}) {
    if (!this.session || !nodeOf(this.session, id)) return;
    const moved = id !== this.selected;
    this.selected = id;
    this.madePiece = null;
    const piece = pieceAt(this.session, id);
    this.flag = options.flag ?? piece.bars + 1;
    const own = this.node;
    if (moved && own) this.playFrom = piece.timeline.barStart(own.fromBar);
    if (moved) this.dispatchEvent(new Event('select'));
    remember(this);
    this.changed();
  }

  /**
   * New music begins at this bar, and playing does too.
   * @param {number} bar
   */
  setFlag(bar) {
    const piece = this.piece;
    if (!piece) return;
    this.flag = Math.min(Math.max(1, bar), piece.bars + 1);
    if (this.flag <= piece.bars) this.playFrom = piece.timeline.barStart(this.flag);
    this.changed();
  }

  /** Until the server has what was played, this browser keeps it. */
  keepDrafts() {
    if (!this.session) return;
    const { draft, waiting } = this;
    const drafts = draft && !waiting.includes(draft) ? [...waiting, draft] : waiting;
    keep.set(draftsKey(this.session.id), drafts.map((each) => ({ ...each, running: false, saved: undefined })));
  }

  /**
   * The server has it now.
   * @param {Session} session where it was played
   * @param {Draft} draft
   */
  forget(session, draft) {
    if (session.id === this.session?.id) {
      this.waiting = this.waiting.filter(({ id }) => id !== draft.id);
      this.keepDrafts();
      return;
    }
    /** @type {Draft[]} */
    const kept = keep.get(draftsKey(session.id)) ?? [];
    keep.set(draftsKey(session.id), kept.filter(({ id }) => id !== draft.id));
  }

  /**
   * A session as the server told it. What is chosen stays where it is still there.
   * @param {Session} session
   */
  hold(session) {
    const same = this.session?.id === session.id;
    this.session = session;
    this.madePiece = null;
    if (!same) {
      this.history = recalled(session.id);
      this.part = 0;
      this.selected = '';
      this.waiting = keep.get(draftsKey(session.id)) ?? [];
      this.forgetTaken();
      this.draft = this.waiting.pop() ?? null;
      this.select(chosenBefore(session), {});
      this.dispatchEvent(new Event('open'));
    } else {
      this.forgetTaken();
      if (!nodeOf(session, this.selected)) this.select(latest(session));
    }
    this.keepDrafts();
    this.changed();
  }

  /** The server may have taken drafts without its answer being heard. */
  forgetTaken() {
    /** @param {Draft} draft */
    const isTaken = (draft) => this.session?.nodes.some(({ id }) => id === draft.id);
    this.waiting = this.waiting.filter((draft) => !isTaken(draft));
    if (this.draft && isTaken(this.draft)) this.draft = null;
  }
}

/**
 * What was chosen when the session was last open here.
 * @param {Session} session
 */
function chosenBefore(session) {
  const kept = keep.get(`clara.chosen.${session.id}`);
  return typeof kept === 'string' && nodeOf(session, kept) ? kept : latest(session);
}

/** @param {string} session */
function draftsKey(session) {
  return `clara.drafts.${session}`;
}

/** @param {string} session */
function recalled(session) {
  return new History(keep.get(`clara.history.${session}`) ?? {});
}

/**
 * Keeps what only this browser knows: the choice and what can be undone.
 * @param {Studio} studio
 */
export function remember(studio) {
  if (!studio.session) return;
  keep.set('clara.session', studio.session.id);
  if (!studio.node?.streaming) keep.set(`clara.chosen.${studio.session.id}`, studio.selected);
  keep.set(`clara.history.${studio.session.id}`, studio.history);
}

/** The browser's storage, which may be full or forbidden: then nothing is kept. */
export const keep = {
  /**
   * @param {string} key
   * @returns {any}
   */
  get(key) {
    try {
      return JSON.parse(localStorage.getItem(key) ?? 'null');
    } catch {
      return null;
    }
  },
  /** @param {string} key @param {unknown} value */
  set(key, value) {
    const text = JSON.stringify(value);
    if (write(key, text) || !makeRoom(key)) return;
    write(key, text);
  },
};

/** @param {string} key @param {string} text */
function write(key, text) {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Forgets what other pieces can undo: the server holds all music.
 * @param {string} key what there must be room for
 */
function makeRoom(key) {
  try {
    for (const other of Object.keys(localStorage)) {
      if (other.startsWith('clara.history.') && other !== key) localStorage.removeItem(other);
    }
    return true;
  } catch {
    return false;
  }
}
