import { pitchRange } from '../music/layout.js';
import { letter, nameOf, pieceAt } from '../music/tree.js';
import { find, icon, keyed, make, write } from './dom.js';
import { drawSmall } from './drawing.js';

/** @typedef {import('../studio.js').Studio} Studio */
/** @typedef {import('../music/types.js').Node} Node */

/** The ways on from one bar, side by side, to compare by eye and ear. */
export class Lanes {
  /**
   * @param {Studio} studio
   * @param {{ quarter: number | null }} player
   * @param {{ hear: (node: Node) => void, pin: (node: Node) => void }} actions
   */
  constructor(studio, player, actions) {
    this.studio = studio;
    this.player = player;
    this.actions = actions;
    this.box = find('lanes', HTMLElement);
    studio.addEventListener('change', () => this.update());
    new ResizeObserver(() => this.draw()).observe(this.box);
    this.wasHeard = false;
  }

  update() {
    const nodes = this.studio.lanes;
    this.box.hidden = nodes.length === 0;
    this.box.style.setProperty('--lanes', String(nodes.length));
    // The element stays when a take that was being written is complete: its place is its key.
    const first = nodes[0];
    const group = `${first?.parent} ${first?.fromBar}`;
    keyed(this.box, nodes.map((node, place) => ({ node, place })), ({ place }) => `${group} ${place}`,
      () => this.lane(), (element, { node, place }) => this.fillLane(element, node, place));
    this.draw();
  }

  lane() {
    const hear = make('button', { type: 'button', class: 'lane-hear' },
      make('span', { class: 'lane-letter', 'aria-hidden': 'true' }),
      make('canvas', { class: 'lane-roll', 'aria-hidden': 'true' }),
      make('span', { class: 'lane-facts' }));
    const pin = make('button', { type: 'button', class: 'icon small lane-pin' }, icon('pin'));
    const lane = make('article', { class: 'lane' }, hear, pin);
    hear.addEventListener('click', () => this.with(lane, this.actions.hear));
    pin.addEventListener('click', () => this.with(lane, this.actions.pin));
    return lane;
  }

  /** @param {HTMLElement} lane @param {(node: Node) => void} act */
  with(lane, act) {
    const node = this.studio.lanes.find((each) => each.id === lane.dataset.node);
    if (node) act(node);
  }

  /** @param {HTMLElement} lane @param {Node} node @param {number} place */
  fillLane(lane, node, place) {
    const session = this.studio.session;
    if (!session) return;
    const chosen = node.id === this.studio.selected;
    lane.dataset.node = node.id;
    lane.dataset.kind = node.kind;
    lane.classList.toggle('chosen', chosen);
    lane.classList.toggle('writing', node.streaming !== undefined);
    const hear = /** @type {HTMLElement} */ (lane.children[0]);
    const pin = /** @type {HTMLElement} */ (lane.children[1]);
    const name = nameOf(session, node);
    const facts = node.streaming ? 'writing …' : factsText(node);
    hear.setAttribute('aria-label', `Hear ${name}${facts ? `, ${facts}` : ''}`);
    hear.setAttribute('aria-pressed', String(chosen));
    hear.title = place < 9 ? `Hear it (${place + 1})` : 'Hear it';
    write(/** @type {Element} */ (hear.children[0]), letter(place));
    write(/** @type {Element} */ (hear.children[2]), [node.name, facts].filter(Boolean).join(' · '));
    pin.hidden = node.streaming !== undefined;
    pin.setAttribute('aria-label', `${node.pinned ? 'Unpin' : 'Pin'} ${name}`);
    pin.setAttribute('aria-pressed', String(node.pinned));
  }

  draw() {
    const { session, lanes } = this.studio;
    if (!session || lanes.length === 0) return;
    const { low, high } = pitchRange(lanes.flatMap((node) => node.notes), 1);
    [...this.box.children].forEach((lane, place) => {
      const node = lanes[place];
      const canvas = lane.querySelector('canvas');
      if (!node || !canvas) return;
      const { timeline } = pieceAt(session, node.id);
      const from = timeline.barStart(node.fromBar);
      const to = timeline.barStart(node.fromBar + Math.max(1, node.bars));
      const bars = Array.from({ length: node.bars }, (_, bar) => timeline.barStart(node.fromBar + bar));
      const heard = node.id === this.studio.selected ? this.player.quarter : null;
      drawSmall(canvas, { notes: node.notes, kind: node.kind, from, to, low, high, bars, heard });
    });
  }

  /** Moves the line of what is heard. Called once a frame. */
  frame() {
    const heard = this.player.quarter !== null;
    if (heard || this.wasHeard) this.draw();
    this.wasHeard = heard;
  }
}

/**
 * What is known of a take, in few words.
 * @param {Node} node
 */
export function factsText(node) {
  const take = node.take;
  if (!take) return '';
  const facts = [];
  if (typeof take.human === 'number') facts.push(`critic ${Math.round(take.human * 100)} %`);
  if (take.originality) {
    const { notes, near, phrase = 24 } = take.originality;
    // Shorter runs are what all music shares.
    facts.push(notes > phrase ? `${near ? 'nearly ' : ''}copies ${notes} notes` : 'original');
  }
  return facts.join(' · ');
}
