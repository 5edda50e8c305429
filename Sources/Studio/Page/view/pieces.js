import * as sessions from '../sessions.js';
import { patchSession } from '../changes.js';
import { button, find, input, make, write } from './dom.js';

/** @typedef {import('../studio.js').Studio} Studio */

/** The dialog of kept pieces: their names, opening, new ones, deleting. */
export class Pieces {
  /**
   * @param {Studio} studio
   * @param {import('./messages.js').Messages} messages
   */
  constructor(studio, messages) {
    this.studio = studio;
    this.messages = messages;
    this.dialog = find('pieces', HTMLDialogElement);
    this.list = find('sessions', HTMLElement);
    button('pieces-button').addEventListener('click', () => this.open());
    button('new-piece').addEventListener('click', () => this.attempt(() => this.begin()));
    input('title').addEventListener('change', () => this.attempt(async () => {
      const title = input('title').value.trim();
      if (title) await patchSession(studio, { title }, 'the name of the piece');
    }));
    studio.addEventListener('change', () => this.update());
  }

  update() {
    const title = this.studio.session?.title ?? '';
    write(find('piece-title', HTMLElement), title || 'Untitled');
    document.title = title ? `${title} – Clara` : 'Clara';
    button('pieces-button').setAttribute('aria-label', `Pieces: ${title || 'Untitled'}`);
    if (document.activeElement !== input('title')) input('title').value = title;
  }

  open() {
    this.dialog.showModal();
    this.attempt(() => this.fill());
  }

  async begin() {
    // A piece that nothing was played in is as good as a new one.
    if (!this.studio.isEmpty || this.studio.draft) await sessions.create(this.studio, {});
    this.dialog.close();
  }

  async fill() {
    const rows = await sessions.list();
    this.list.replaceChildren(...rows.map((row) => this.row(row)));
  }

  /** @param {import('../music/types.js').SessionRow} row */
  row(row) {
    const title = row.title || 'Untitled';
    const when = new Date(sessions.moment(row.changed));
    const facts = [`${row.nodes} ${row.nodes === 1 ? 'take' : 'takes'}`, `${row.bars} bars`,
      ...(Number.isNaN(when.getTime()) ? [] : [when.toLocaleDateString()])].join(', ');
    const open = make('button', { class: 'choice' }, make('b', {}, title), make('span', {}, facts));
    if (row.id === this.studio.session?.id) open.setAttribute('aria-current', 'true');
    open.addEventListener('click', () => this.attempt(async () => {
      await sessions.open(this.studio, row.id);
      this.dialog.close();
    }));
    const remove = make('button', { class: 'plain', 'aria-label': `Delete ${title}` }, 'Delete');
    const item = make('li', {}, open, remove);
    remove.addEventListener('click', () => this.attempt(() => this.remove(item, row, title)));
    return item;
  }

  /**
   * The row stays, with the way back in it.
   * @param {HTMLElement} item
   * @param {import('../music/types.js').SessionRow} row
   * @param {string} title
   */
  async remove(item, row, title) {
    await sessions.remove(row.id);
    const back = make('button', { class: 'choice' }, `${title} is deleted. Undo`);
    item.replaceChildren(back);
    back.focus();
    back.addEventListener('click', () => this.attempt(async () => {
      await sessions.restore(row.id);
      item.replaceWith(this.row(row));
    }));
    if (row.id === this.studio.session?.id) await sessions.openFirst(this.studio);
  }

  /** @param {() => Promise<unknown>} work */
  attempt(work) {
    this.messages.attempt(() => work().catch((error) => {
      this.dialog.close();
      throw error;
    }), () => this.open());
  }
}
