import { pitchRange, RollLayout } from '../music/layout.js';
import { colours } from './colours.js';
import { find } from './dom.js';
import { drawGrid, drawKeys, drawNote, drawRows, prepared } from './drawing.js';
import { drawFlag, drawLine, drawRuler, keysWidth as keys, rulerHeight as top } from './ruler.js';

/** @typedef {import('../studio.js').Studio} Studio */
/** @typedef {import('../music/tree.js').Piece} Piece */

/** The piece in the middle of the page: notes, bars, whose they are, and where they go on. */
export class Roll {
  /**
   * @param {Studio} studio
   * @param {{ quarter: number | null, sounding: () => Set<number> }} player
   * @param {import('../input/performer.js').Performer} performer
   */
  constructor(studio, player, performer) {
    this.studio = studio;
    this.player = player;
    this.performer = performer;
    this.canvas = find('roll-canvas', HTMLCanvasElement);
    this.scroll = find('roll-scroll', HTMLElement);
    this.inner = find('roll-width', HTMLElement);
    /** Pixels a quarter; 0 until something is drawn. */
    this.scale = 0;
    this.zoomed = false;
    this.width = 0;
    this.low = 48;
    this.high = 84;
    /** @type {{ owner: string, index: number } | null} the note that the editor has chosen */
    this.chosen = null;
    this.needed = true;
    const again = () => { this.needed = true; };
    this.scroll.addEventListener('scroll', again, { passive: true });
    new ResizeObserver(() => this.resized()).observe(this.scroll);
    studio.addEventListener('change', again);
    performer.addEventListener('keys', again);
    studio.addEventListener('select', () => { this.reveal = true; });
    this.reveal = true;
  }

  /** What is chosen stays in view when a phone is turned. */
  resized() {
    this.needed = true;
    this.reveal ||= this.width !== this.scroll.clientWidth;
    this.width = this.scroll.clientWidth;
  }

  /** @param {number} factor */
  zoom(factor) {
    const middle = this.layout().quarter(keys + (this.scroll.clientWidth - keys) / 2);
    this.zoomed = true;
    this.scale = Math.min(160, Math.max(3, this.scale * factor));
    this.resize();
    const half = (this.scroll.clientWidth - keys) / 2;
    this.scroll.scrollLeft = Math.max(0, middle * this.scale - half);
    this.needed = true;
  }

  /** The last quarter that there has to be room for. */
  get end() {
    const { piece, draft } = this.studio;
    const music = Math.max(piece?.end ?? 0, draft ? draft.start + draft.bars * this.bar : 0);
    // A little beyond the end, so that one can point there.
    return Math.max(music + this.bar * 1.5, 8 * this.bar);
  }

  get bar() {
    const timeline = this.studio.piece?.timeline;
    return timeline ? timeline.barStart(2) - timeline.barStart(1) : 4;
  }

  resize() {
    const room = this.scroll.clientWidth - keys;
    if (!this.zoomed || this.scale === 0) {
      // As much as can be read: up to sixteen bars, fewer on a small screen.
      const least = room < 500 ? 11 : 15;
      this.scale = Math.max(least, Math.min(46, room / this.end));
    }
    const width = Math.max(this.scroll.clientWidth, keys + this.end * this.scale);
    const text = `${Math.floor(width)}px`;
    if (this.inner.style.width !== text) this.inner.style.width = text;
  }

  layout() {
    const { clientWidth: width, clientHeight: height, scrollLeft } = this.scroll;
    const from = scrollLeft / Math.max(1, this.scale);
    const { low, high } = this;
    return new RollLayout({ width, height, from, scale: this.scale || 1, low, high, top, left: keys });
  }

  /** Draws if anything has changed. Called once a frame. */
  frame() {
    const heard = this.player.quarter;
    const recorded = this.studio.draft?.running ? this.studio.draft.notes.at(-1)?.onset : undefined;
    const followed = heard ?? recorded;
    if (followed !== undefined && (heard !== null || this.needed)) this.keepInSight(followed);
    if (!this.needed && heard === null) return;
    this.needed = false;
    const piece = this.studio.piece;
    if (!piece) return;
    this.fit(piece);
    this.resize();
    if (this.reveal) this.show();
    this.draw(piece, heard);
  }

  /** @param {Piece} piece */
  fit(piece) {
    const { low, high } = pitchRange([...piece.notes, ...(this.studio.draft?.notes ?? [])]);
    this.low = low;
    this.high = high;
  }

  /** Brings the chosen node's music into view. */
  show() {
    this.reveal = false;
    const { piece, node } = this.studio;
    if (!piece || !node) return;
    const start = piece.timeline.barStart(node.fromBar) * this.scale;
    const room = this.scroll.clientWidth - keys;
    const end = piece.end * this.scale;
    const left = this.scroll.scrollLeft;
    if (start < left || Math.min(end, start + room * 0.6) > left + room) {
      this.scroll.scrollLeft = Math.max(0, Math.min(start - room * 0.3, this.end * this.scale - room));
    }
  }

  /** @param {number} quarter */
  keepInSight(quarter) {
    const room = this.scroll.clientWidth - keys;
    const x = quarter * this.scale - this.scroll.scrollLeft;
    if (x > room * 0.85 || x < 0) this.scroll.scrollLeft = quarter * this.scale - room * 0.2;
  }

  /** @param {Piece} piece @param {number | null} heard */
  draw(piece, heard) {
    const layout = this.layout();
    // It stays in sight while what is around it scrolls.
    this.canvas.style.width = `${layout.width}px`;
    this.canvas.style.height = `${layout.height}px`;
    const context = prepared(this.canvas, layout.width, layout.height);
    if (!context) return;
    drawRows(context, layout);
    this.drawBeyond(context, layout, piece);
    drawGrid(context, layout, piece);
    this.drawNotes(context, layout, piece);
    drawRuler(context, layout, piece, this.studio);
    if (!this.studio.isEmpty) drawFlag(context, layout, piece.timeline.barStart(this.studio.flag));
    if (heard !== null) drawLine(context, layout, heard, 'playhead');
    else if (piece.end > 0) drawLine(context, layout, this.studio.playFrom, 'faint');
    drawKeys(context, layout, this.lit());
    context.fillStyle = colours.get('paper');
    context.fillRect(0, 0, keys, top);
  }

  lit() {
    /** @type {Map<number, string>} */
    const lit = new Map();
    for (const pitch of this.player.sounding()) lit.set(pitch, 'clara');
    for (const pitch of this.performer.held) lit.set(pitch, 'you');
    return lit;
  }

  /**
   * What lies after the end is shaded, and so is what a new way on will replace.
   * @param {CanvasRenderingContext2D} context
   * @param {import('../music/layout.js').RollLayout} layout
   * @param {Piece} piece
   */
  drawBeyond(context, layout, piece) {
    const end = layout.x(Math.max(piece.end, this.studio.draft ? Infinity : 0));
    context.fillStyle = colours.get('row');
    context.globalAlpha = 0.6;
    if (end < layout.width) context.fillRect(end, top, layout.width - end, layout.height);
    context.globalAlpha = 1;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {import('../music/layout.js').RollLayout} layout
   * @param {Piece} piece
   */
  drawNotes(context, layout, piece) {
    const { draft, flag } = this.studio;
    const kinds = new Map(piece.segments.map(({ node }) => [node.id, node.kind]));
    const cut = piece.timeline.barStart(flag);
    context.save();
    context.beginPath();
    context.rect(keys, top, layout.width - keys, layout.height - top);
    context.clip();
    for (const note of piece.notes) {
      const outlined = this.chosen?.owner === note.owner && this.chosen.index === note.index;
      const colour = colours.note(kinds.get(note.owner) ?? 'played', note.part);
      drawNote(context, layout, note, colour, { faint: note.onset >= cut - 1e-6, outlined });
    }
    for (const note of draft?.notes ?? []) {
      drawNote(context, layout, note, colours.get('draft'));
    }
    context.restore();
  }
}
