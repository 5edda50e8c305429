import { barsText, nameOf } from '../music/tree.js';
import { find, icon, make, titled, write } from './dom.js';

/** @typedef {import('../studio.js').Studio} Studio */
/** @typedef {import('../music/types.js').Node} Node */

/** What is known of the chosen take, and what can be done with it. */
export class Facts {
  /**
   * @param {Studio} studio
   * @param {{ pin: (node: Node) => void, remove: (node: Node) => void,
   * rename: (node: Node, name: string) => void, annotate: (node: Node, text: string) => void }} actions
   */
  constructor(studio, actions) {
    this.studio = studio;
    this.actions = actions;
    this.box = find('facts', HTMLElement);
    this.name = make('input', { id: 'node-name', maxlength: 80, autocomplete: 'off', 'aria-label': 'Name' });
    this.note = make('textarea', { id: 'node-note', rows: 2, maxlength: 2000, 'aria-label': 'Remark',
      placeholder: 'A remark …' });
    this.pin = make('button', { type: 'button', class: 'icon small', id: 'node-pin' }, icon('pin'));
    this.remove = make('button', { type: 'button', class: 'icon small', id: 'node-delete',
      'aria-label': 'Delete' }, icon('delete'));
    this.list = make('dl', { class: 'made' });
    this.box.append(make('div', { class: 'facts-head' }, this.name, this.pin, this.remove),
      this.list, this.note);
    this.listen();
    this.shown = '';
    studio.addEventListener('change', () => this.update());
  }

  listen() {
    const { actions } = this;
    this.name.addEventListener('change', () => this.with((n) => actions.rename(n, this.name.value.trim())));
    this.note.addEventListener('change', () => this.with((n) => actions.annotate(n, this.note.value.trim())));
    this.pin.addEventListener('click', () => this.with(actions.pin));
    this.remove.addEventListener('click', () => this.with(actions.remove));
    this.name.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.name.blur();
    });
  }

  /** @param {(node: Node) => void} act */
  with(act) {
    const node = this.studio.session?.nodes.find((each) => each.id === this.shown);
    if (node) act(node);
  }

  update() {
    const { session, node } = this.studio;
    this.box.hidden = !session || !node || node.kind === 'root' || node.streaming !== undefined;
    if (!session || !node || this.box.hidden) return;
    const moved = this.shown !== node.id;
    // What is being typed is not overwritten.
    if (moved || document.activeElement !== this.name) this.name.value = node.name;
    if (moved || document.activeElement !== this.note) this.note.value = node.annotation ?? '';
    this.shown = node.id;
    this.name.placeholder = nameOf(session, { ...node, name: '' });
    this.pin.setAttribute('aria-pressed', String(node.pinned));
    this.pin.setAttribute('aria-label', node.pinned ? 'Unpin' : 'Pin');
    this.pin.title = node.pinned ? 'Unpin' : 'Pin';
    this.remove.title = 'Delete, with all that follows it';
    const lines = facts(node);
    const text = JSON.stringify(lines);
    if (this.list.dataset.text === text) return;
    this.list.dataset.text = text;
    this.list.replaceChildren(...lines.flatMap(([what, value]) => {
      const meaning = make('dd', {});
      write(meaning, value);
      return [make('dt', {}, what), meaning];
    }));
  }
}

/** @param {{ notes: number, source: string | null, near?: boolean }} originality */
export function copyText({ notes, source, near }) {
  if (notes === 0) return 'none found';
  return `${near ? 'nearly, ' : ''}${notes} notes${source ? `, of ${source}` : ''}`;
}

/**
 * @param {Node} node
 * @returns {[string, string][]}
 */
function facts(node) {
  /** @type {[string, string][]} */
  const lines = [['Where', barsText(node)]];
  const take = node.take;
  if (node.kind !== 'take' || !take) {
    lines.push(['By', node.kind === 'file' ? 'a file' : 'you']);
    return lines;
  }
  if (take.originality) {
    lines.push(['Longest copy', copyText(take.originality)]);
  }
  if (typeof take.human === 'number') {
    lines.push(['The critic', `${Math.round(take.human * 100)} % that a person wrote it`]);
  }
  const manner = take.style ? `, like ${titled(take.style)}` : '';
  lines.push(['By', `Clara, ${take.voice ?? ''}${manner}`]);
  if (take.seed !== undefined) {
    lines.push(['Made with', `seed ${take.seed}, daring ${take.temperature ?? 1.05}`]);
  }
  return lines;
}
