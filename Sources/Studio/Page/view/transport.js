import { button, find, icon, input, write } from './dom.js';

/** @typedef {import('../studio.js').Studio} Studio */

/** The row of play, record and what goes with them: shows what is under way. */
export class Transport {
  /**
   * @param {Studio} studio
   * @param {import('../sound/player.js').Player} player
   * @param {import('../input/capture.js').Capture} capture
   * @param {import('../input/partner.js').Partner} partner
   */
  constructor(studio, player, capture, partner) {
    this.studio = studio;
    this.player = player;
    this.capture = capture;
    this.partner = partner;
    this.play = button('play');
    this.record = button('record');
    this.breaking = button('break');
    this.position = find('position', HTMLOutputElement);
    this.count = find('count-in', HTMLElement);
    this.duetState = 'off';
    this.icon = '';
    const update = () => this.update();
    studio.addEventListener('change', update);
    player.addEventListener('state', update);
    partner.addEventListener('state', (event) => {
      this.duetState = /** @type {CustomEvent} */ (event).detail;
      this.update();
    });
  }

  update() {
    const { studio, player, capture } = this;
    const playing = player.isPlaying;
    if (this.icon !== String(playing)) this.play.replaceChildren(icon(playing ? 'stop' : 'play'));
    this.icon = String(playing);
    this.play.setAttribute('aria-label', playing ? 'Stop' : 'Play');
    this.play.title = `${playing ? 'Stop' : 'Play'} (space)`;
    this.play.disabled = studio.isEmpty;
    this.record.setAttribute('aria-pressed', String(capture.isRecording));
    this.record.setAttribute('aria-label', capture.isRecording ? 'Stop recording' : 'Record');
    this.record.title = `${capture.isRecording ? 'Stop recording' : 'Record to the beat'} (R)`;
    this.breaking.hidden = !playing;
    button('edit').setAttribute('aria-pressed', String(studio.editing));
    const duet = button('duet');
    duet.setAttribute('aria-pressed', String(this.duetState !== 'off'));
    duet.dataset.state = this.duetState;
    const { tempo, meter } = capture.beat;
    write(find('beat-text', HTMLElement), `♩ = ${Math.round(tempo)}  ${meter}`);
    button('beat-button').setAttribute('aria-label',
      `Beat and instrument: ${Math.round(tempo)} quarters a minute, ${meter}`);
    this.updateBeat();
    this.updateDraft();
    this.undoButtons();
  }

  undoButtons() {
    const { undoable, redoable } = this.studio.history;
    for (const [id, name, change] of /** @type {const} */ ([
      ['undo', 'Undo', undoable], ['redo', 'Redo', redoable],
    ])) {
      const label = change ? `${name}: ${change.label}` : name;
      button(id).disabled = change === null;
      button(id).setAttribute('aria-label', label);
      button(id).title = label;
    }
  }

  updateBeat() {
    const { session, piece } = this.studio;
    if (!session || !piece) return;
    const tempo = input('tempo');
    // A file keeps its own tempo, and bars stay where they are once there is music.
    const kept = piece.segments.map(({ node }) => node).filter((node) => node.kind !== 'take');
    tempo.disabled = kept.some((node) => node.tempos?.length);
    if (document.activeElement !== tempo) tempo.value = String(Math.round(this.capture.beat.tempo));
    const meter = find('meter', HTMLSelectElement);
    meter.disabled = session.nodes.some((node) => node.bars > 0);
    if (![...meter.options].some((each) => each.value === session.meter)) {
      meter.add(new Option(session.meter, session.meter));
    }
    if (document.activeElement !== meter) meter.value = session.meter;
  }

  updateDraft() {
    const { draft, session } = this.studio;
    const bar = find('draft-bar', HTMLElement);
    const duet = this.duetState !== 'off';
    bar.hidden = (!draft && !duet) || !session;
    button('draft-keep').hidden = draft?.running === true || duet;
    button('draft-drop').hidden = button('draft-keep').hidden;
    bar.classList.toggle('live', this.capture.isRecording || duet);
    write(find('draft-text', HTMLElement), this.draftText());
  }

  draftText() {
    const draft = this.studio.draft;
    if (this.duetState === 'listening') return 'Duet: she listens. Play something.';
    if (this.duetState === 'playing') return 'Duet: you play. Pause, and she answers.';
    if (this.duetState === 'answering') return 'Duet: she answers. Play to break in.';
    if (!draft) return '';
    if (draft.running) return 'Recording';
    const notes = draft.notes.length === 1 ? '1 note' : `${draft.notes.length} notes`;
    return `You played ${notes}`;
  }

  /** Called once a frame: where in the piece it is, and how far the count-in has come. */
  frame() {
    const { studio, player } = this;
    const clock = this.capture.clock;
    const timeline = studio.piece?.timeline;
    if (!timeline) return;
    const now = this.capture.sound.now;
    const before = clock && now < clock.origin ? Math.ceil((clock.origin - now) / clock.beat) : 0;
    this.count.hidden = before === 0;
    if (before > 0) write(this.count, String(before));
    const recorded = clock && now >= clock.origin
      ? timeline.barStart(studio.flag) + clock.quarters(now - clock.origin) : null;
    const quarter = this.partner.quarter ?? player.quarter ?? recorded ?? studio.playFrom;
    const bar = timeline.barAt(quarter);
    const beat = Math.floor(quarter - timeline.barStart(bar) + 1e-6) + 1;
    write(this.position, `${bar} . ${beat}`);
  }
}
