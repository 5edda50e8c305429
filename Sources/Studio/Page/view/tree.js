import { barsText, nameOf, treeRows } from '../music/tree.js';
import { find, keyed, make, write } from './dom.js';

/** @typedef {import('../studio.js').Studio} Studio */
/** @typedef {import('../music/types.js').Node} Node */
/** @typedef {ReturnType<typeof treeRows>[number]} Row */

/** All ways that were tried, as a tree that arrow keys walk. */
export class Tree {
  /**
   * @param {Studio} studio
   * @param {{ hear: (node: Node) => void, choose: (node: Node) => void, pin: (node: Node) => void,
   * remove: (node: Node) => void }} actions
   */
  constructor(studio, actions) {
    this.studio = studio;
    this.actions = actions;
    this.box = find('tree', HTMLElement);
    this.empty = find('side-empty', HTMLElement);
    this.count = find('side-count', HTMLElement);
    studio.addEventListener('change', () => this.update());
    this.box.addEventListener('keydown', (event) => this.key(event));
    this.box.addEventListener('click', (event) => this.click(event));
    this.shown = '';
  }

  update() {
    const session = this.studio.session;
    if (!session) return;
    const rows = treeRows(session);
    this.empty.hidden = rows.length > 0;
    write(this.count, rows.length > 0 ? String(rows.length) : '');
    const focused = this.box.contains(document.activeElement);
    const named = rows.some(({ node }) => node.id === this.studio.selected);
    keyed(this.box, rows, ({ node }) => node.id, () => row(), (element, item, place) => {
      this.fillRow(element, item, named ? item.node.id === this.studio.selected : place === 0);
    });
    // Where the row with the focus is gone, the chosen one has it.
    if (focused && !this.box.contains(document.activeElement)) {
      /** @type {HTMLElement | null} */ (this.box.querySelector('[tabindex="0"]'))?.focus();
    }
    if (this.shown === this.studio.selected) return;
    this.shown = this.studio.selected;
    this.reveal();
  }

  /** Only the tree scrolls: it may lie beside the screen, and the page must not follow it there. */
  reveal() {
    const row = this.box.querySelector('[aria-selected=true]');
    if (!(row instanceof HTMLElement)) return;
    const top = row.offsetTop - this.box.offsetTop;
    const low = top + row.offsetHeight - this.box.clientHeight;
    this.box.scrollTop = Math.max(low, Math.min(top, this.box.scrollTop));
  }

  /** @param {HTMLElement} element @param {Row} row @param {boolean} first the one that Tab reaches */
  fillRow(element, { node, depth, level, of, place, gap }, first) {
    const session = this.studio.session;
    if (!session) return;
    element.dataset.node = node.id;
    element.dataset.kind = node.kind;
    element.style.setProperty('--depth', String(depth));
    element.style.setProperty('--gap', String(gap));
    element.tabIndex = first ? 0 : -1;
    const chosen = node.id === this.studio.selected;
    const onPath = this.studio.piece?.segments.some((each) => each.node.id === node.id) ?? false;
    for (const [name, value] of Object.entries({
      'aria-level': level, 'aria-setsize': of, 'aria-posinset': place + 1, 'aria-selected': chosen,
    })) element.setAttribute(name, String(value));
    element.classList.toggle('on-path', onPath);
    element.classList.toggle('pinned', node.pinned);
    element.classList.toggle('writing', node.streaming !== undefined);
    element.classList.toggle('apart', of > 1);
    const [, name, bars] = element.children;
    if (name) write(name, nameOf(session, node));
    if (bars) write(bars, `${barsText(node)}${node.pinned ? ' ★' : ''}${node.annotation ? ' ✎' : ''}`);
  }

  /** @param {Event} event */
  nodeAt(event) {
    const row = event.target instanceof Element ? event.target.closest('[data-node]') : null;
    const id = row instanceof HTMLElement ? row.dataset.node : undefined;
    return this.studio.session?.nodes.find((node) => node.id === id) ?? null;
  }

  /** @param {MouseEvent} event */
  click(event) {
    const node = this.nodeAt(event);
    if (!node) return;
    if (node.id === this.studio.selected) this.actions.hear(node);
    else this.actions.choose(node);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const node = this.nodeAt(event);
    if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = [...this.box.children];
    const at = rows.findIndex((row) => row === event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined) this.focus(rows[Math.min(rows.length - 1, Math.max(0, to))]);
    else if (event.key === 'ArrowLeft') this.focusNode(node.parent);
    else if (event.key === 'ArrowRight') this.focusNode(this.childOf(node));
    else if (event.key === 'Enter') this.actions.hear(node);
    else if (event.key === 'Delete' || event.key === 'Backspace') this.actions.remove(node);
    else if (event.key === '*') this.actions.pin(node);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {Node} node */
  childOf(node) {
    const children = this.studio.session?.nodes ?? [];
    return children.find((each) => each.parent === node.id && !each.deleted)?.id ?? null;
  }

  /** @param {string | null} id */
  focusNode(id) {
    this.focus([...this.box.children].find((row) => /** @type {HTMLElement} */ (row).dataset.node === id));
  }

  /**
   * Choosing follows the focus: looking costs nothing.
   * @param {Element | undefined} row
   */
  focus(row) {
    if (!(row instanceof HTMLElement)) return;
    row.focus();
    const node = this.studio.session?.nodes.find((each) => each.id === row.dataset.node);
    if (node) this.actions.choose(node);
  }
}

function row() {
  return make('li', { role: 'treeitem', class: 'node' },
    make('span', { class: 'node-dot', 'aria-hidden': 'true' }),
    make('span', { class: 'node-name' }), make('span', { class: 'node-bars' }));
}

