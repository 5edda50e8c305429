import { askForTakes, stop } from './asking.js';
import * as changes from './changes.js';
import { Capture } from './input/capture.js';
import { Partner } from './input/partner.js';
import { Performer } from './input/performer.js';
import { nameOf } from './music/tree.js';
import { Sound } from './sound/engine.js';
import { programOf } from './sound/looping.js';
import { Metronome } from './sound/metronome.js';
import { Player } from './sound/player.js';
import { Studio } from './studio.js';
import { Messages } from './view/messages.js';

/** @typedef {import('./music/types.js').Node} Node */

/** What can be done in the studio, whichever button or key asks for it. */
export class Deeds {
  constructor() {
    this.studio = new Studio();
    this.messages = new Messages();
    this.sound = new Sound();
    this.metronome = new Metronome(this.sound);
    this.player = new Player(this.studio, this.sound);
    this.performer = new Performer(this.studio, this.sound);
    this.capture = new Capture(this.studio, this.sound, this.metronome);
    this.partner = new Partner(this.studio, this.sound, this.metronome, this.capture);
    this.performer.listener = this.capture;
    this.partner.onTrouble = (error) => this.messages.fail(error);
    this.capture.attempt = (work) => this.messages.attempt(work);
    /** @type {{ draft: import('./studio.js').Draft, session: string, last: unknown } | null} */
    this.dropped = null;
    this.beginning = false;
    /** @type {() => Record<string, any>} what is asked of Clara, as the form says */
    this.wishes = () => ({});
    /** @type {() => { countIn: number, audible: boolean, pause: number, bars: number }} */
    this.settings = () => ({ countIn: 1, audible: true, pause: 0.8, bars: 2 });
  }

  playOrStop() {
    if (this.capture.isRecording) this.record();
    else if (this.player.isPlaying) this.player.stop();
    else this.player.play();
  }

  /** @param {number} quarter */
  playFrom(quarter) {
    this.studio.playFrom = Math.min(quarter, this.studio.piece?.end ?? 0);
    if (this.player.isPlaying) this.player.play();
    this.studio.changed();
  }

  /** @param {Node} node */
  hear(node) {
    const { studio, player } = this;
    const together = studio.lanes.some((each) => each.id === node.id);
    const again = node.id === studio.selected;
    studio.select(node.id);
    // Among ways on from one place, what sounds goes over to the other in the middle of the bar.
    if (player.isPlaying && together && !again) return;
    player.play(studio.piece?.timeline.barStart(node.fromBar) ?? 0);
  }

  /** @param {number} place */
  hearPlace(place) {
    const node = this.studio.lanes[place];
    if (node) this.hear(node);
  }

  /** @param {number} by */
  compare(by) {
    const { lanes, selected } = this.studio;
    const at = lanes.findIndex((node) => node.id === selected);
    const next = lanes[(at + by + lanes.length) % Math.max(1, lanes.length)];
    if (!next) return;
    this.hear(next);
    if (this.studio.session) this.messages.whisper(nameOf(this.studio.session, next));
  }

  /** What is heard ends with this bar; what comes next begins there. */
  breakAway() {
    const { player, studio } = this;
    const quarter = player.quarter;
    if (quarter === null || !studio.piece) return;
    const bar = studio.piece.timeline.barAt(quarter);
    player.stop();
    studio.setFlag(bar + 1);
    this.messages.say(`Music goes on at bar ${studio.flag} now. Play something, or let Clara try again.`,
      { name: 'Clara, go on', act: () => this.go() });
  }

  record() {
    const { capture, player, partner } = this;
    if (capture.isRecording) {
      this.messages.attempt(() => capture.finish());
      return;
    }
    if (partner.duet) this.duet();
    player.stop();
    this.performer.listener = capture;
    capture.record(this.settings().countIn, this.settings().audible);
  }

  duet() {
    const { capture, partner, player, performer } = this;
    if (partner.duet) {
      partner.end();
      performer.listener = capture;
      return;
    }
    player.stop();
    this.once(async () => {
      // It goes on from what was played.
      if (capture.isRecording) await capture.finish();
      else await capture.keep();
      performer.listener = partner;
      partner.begin(this.settings());
    });
  }

  /** Ends whatever runs, as before another piece is opened. */
  settle() {
    if (this.partner.duet) this.duet();
    this.capture.putAway();
    this.player.stop();
  }

  /** Throws away what was played and not kept. */
  drop() {
    const { capture, messages, studio } = this;
    const { draft, session } = studio;
    if (draft?.saved) return;
    capture.discard();
    if (!session || !draft?.notes.length) return;
    this.dropped = { draft, session: session.id, last: studio.history.undoable };
    messages.say('What you played is thrown away.', { name: 'Undo', act: () => this.undo() });
  }

  /** What was thrown away, if that was the last thing that happened. */
  takeBack() {
    const { dropped, studio } = this;
    this.dropped = null;
    if (!dropped || studio.draft || studio.session?.id !== dropped.session) return false;
    if (studio.history.undoable !== dropped.last) return false;
    this.capture.show({ ...dropped.draft, running: false });
    return true;
  }

  /** Keeps what was played, and asks Clara to go on. */
  go() {
    if (this.studio.asking) {
      stop(this.studio);
      this.messages.say('Stopped. Takes that were complete are kept.');
      return;
    }
    this.once(() => this.ask());
  }

  /**
   * Begins something that first waits for the server; asked again meanwhile, it is not begun twice.
   * @param {() => Promise<unknown>} work
   */
  once(work) {
    if (this.beginning) return;
    this.beginning = true;
    this.messages.attempt(() => work().finally(() => { this.beginning = false; }));
  }

  async ask() {
    const { capture, studio } = this;
    if (this.partner.duet) this.duet();
    if (capture.isRecording) await capture.finish();
    else await capture.keep();
    this.beginning = false;
    const wishes = /** @type {any} */ (this.wishes());
    const takes = await askForTakes(studio, { ...wishes, fromBar: studio.flag });
    if (takes.length > 0) this.messages.whisper(`${takes.length} takes are there.`);
  }

  escape() {
    const { studio, player } = this;
    if (studio.asking && !this.partner.duet) this.go();
    else if (this.partner.duet) this.duet();
    else if (player.isPlaying) player.stop();
    else if (studio.draft) this.drop();
  }

  /** @param {Node} node */
  remove(node) {
    this.messages.attempt(async () => {
      const name = this.studio.session ? nameOf(this.studio.session, node) : '';
      if (this.studio.selected === node.id) this.player.stop();
      await changes.remove(this.studio, node);
      this.messages.say(`${name} is deleted.`, { name: 'Undo', act: () => this.undo() });
    });
  }

  undo() {
    if (this.takeBack()) return;
    this.messages.attempt(async () => {
      const label = await changes.undo(this.studio);
      if (label) this.messages.say(`Undone: ${label}.`);
    });
  }

  redo() {
    this.messages.attempt(async () => {
      const label = await changes.redo(this.studio);
      if (label) this.messages.say(`Done again: ${label}.`);
    });
  }

  edit() {
    this.studio.editing = !this.studio.editing;
    this.studio.changed();
  }

  /**
   * A short tone, to hear a pitch.
   * @param {number} pitch
   */
  tap(pitch) {
    this.sound.wake();
    const program = programOf(this.studio.session?.parts[this.studio.part]);
    this.sound.play({ pitch, velocity: 80, program }, this.sound.now, 0.25);
  }
}
