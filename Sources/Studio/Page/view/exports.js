import { ask, file } from '../api.js';
import { nodePath } from '../changes.js';
import { pitchName } from '../music/keys.js';
import { nameOf } from '../music/tree.js';
import { button, find, make, write } from './dom.js';

/** @typedef {import('../studio.js').Studio} Studio */

const formats = ['mid', 'musicxml', 'wav', 'flac'];

/** Ways out of the studio for the piece at the chosen take; and its notes as a list. */
export class Exports {
  /**
   * @param {Studio} studio
   * @param {import('./messages.js').Messages} messages
   */
  constructor(studio, messages) {
    this.studio = studio;
    studio.addEventListener('change', () => this.update());
    button('to-library').addEventListener('click', () => {
      const path = `${nodePath(studio, studio.selected)}/library`;
      messages.attempt(async () => {
        await ask(path, { method: 'POST' });
        messages.say('It is in your library now.');
      });
    });
    for (const format of formats) {
      const link = find(`export-${format}`, HTMLAnchorElement);
      link.addEventListener('click', (event) => {
        event.preventDefault();
        if (link.ariaBusy === 'true') return;
        link.ariaBusy = 'true';
        messages.say('The file is being made.');
        const path = link.href;
        messages.attempt(() => save(path).finally(() => { link.ariaBusy = 'false'; }));
      });
    }
    button('list-notes').addEventListener('click', () => this.listNotes());
  }

  update() {
    const { session, node, piece } = this.studio;
    const ready = session && node && piece && node.kind !== 'root' && !node.streaming;
    button('export-button').disabled = !ready;
    if (!ready) return;
    write(find('exports-text', HTMLElement),
      `Bars 1–${piece.bars}: the way to “${nameOf(session, node)}”.`);
    for (const format of formats) {
      const link = find(`export-${format}`, HTMLAnchorElement);
      link.href = `${nodePath(this.studio, node.id)}/export?format=${format}`;
    }
  }

  /** For who cannot see the roll, or wants to know exactly. */
  listNotes() {
    const { session, piece } = this.studio;
    if (!session || !piece) return;
    const names = new Map(piece.segments.map(({ node }) => [node.id, nameOf(session, node)]));
    const short = (/** @type {number} */ value) => String(Math.round(value * 1000) / 1000);
    find('note-rows', HTMLElement).replaceChildren(...piece.notes.map((note) => {
      const bar = piece.timeline.barAt(note.onset);
      const cells = [String(bar), short(note.onset - piece.timeline.barStart(bar) + 1),
        pitchName(note.pitch), short(note.duration), String(note.velocity), names.get(note.owner) ?? ''];
      return make('tr', {
        'data-pitch': note.pitch, 'data-onset': note.onset, 'data-duration': note.duration,
        'data-velocity': note.velocity,
      }, ...cells.map((text) => make('td', {}, text)));
    }));
    /** @type {any} */ (find('exports', HTMLElement)).hidePopover?.();
    find('notes', HTMLDialogElement).showModal();
  }
}

/**
 * Downloads a file; what goes wrong is said on the page and not in a file.
 * @param {string} path
 */
async function save(path) {
  const { name, content } = await file(path);
  const address = URL.createObjectURL(content);
  make('a', { href: address, download: name }).click();
  // Browsers read it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}
