import { ask } from './api.js';
import * as changes from './changes.js';
import { Deeds } from './deeds.js';
import { playWithComputerKeys } from './input/computerKeys.js';
import { acceptDrops, addFile } from './input/files.js';
import { playWithMIDI } from './input/midi.js';
import * as sessions from './sessions.js';
import { programOf } from './sound/looping.js';
import { keep } from './studio.js';
import { AskForm } from './view/asking.js';
import { button, find, input, make, select, whole, write } from './view/dom.js';
import { Editor } from './view/editor.js';
import { Exports } from './view/exports.js';
import { Facts } from './view/facts.js';
import { Keyboard } from './view/keyboard.js';
import { Lanes } from './view/lanes.js';
import { placeBefore, placePanels } from './view/panels.js';
import { Pieces } from './view/pieces.js';
import { Roll } from './view/roll.js';
import { moveInRoll, pointAtRoll } from './view/rollPointer.js';
import { listenToSettings, listenToTheme } from './view/settings.js';
import { fillShortcuts, listenToShortcuts } from './view/shortcuts.js';
import { Transport } from './view/transport.js';
import { Tree } from './view/tree.js';

/** @typedef {import('./music/types.js').Node} Node */

const deeds = new Deeds();
const { studio, messages, sound, player, performer, capture, partner, metronome } = deeds;

/** What is heard, whoever plays it. */
const heard = {
  get quarter() {
    return partner.quarter ?? player.quarter;
  },
  sounding: () => new Set([...player.sounding(), ...partner.sounding()]),
};
const roll = new Roll(studio, heard, performer);
const keyboard = new Keyboard(performer, heard);
const transport = new Transport(studio, player, capture, partner);
const form = new AskForm(studio, { go: () => deeds.go() });
const exports = new Exports(studio, messages);
const lanes = showNodes();
editNotes();
new Pieces(studio, messages);
listenToSettings(studio, {
  change: (fields, label) => messages.attempt(() => changes.patchSession(studio, fields, label)),
});

partner.wishes = () => form.wishes();
deeds.wishes = () => form.wishes();
deeds.settings = () => ({
  countIn: Number(select('count-in-bars').value),
  audible: button('metronome').getAttribute('aria-pressed') === 'true',
  pause: Number(input('duet-pause').value),
  bars: whole('duet-bars'),
});

listenToButtons();
listenToInstruments();
listenToPage();
requestAnimationFrame(frame);
start().catch((error) => messages.fail(error, () => location.reload()));

async function start() {
  const [voices, soundFacts, examples] = await Promise.all([
    ask('/api/voices'), ask('/api/sound'), ask('/api/examples'), sessions.openFirst(studio),
  ]);
  studio.voices = voices;
  sound.hasSamples = soundFacts.soundFont !== null;
  if (soundFacts.advice) messages.say(soundFacts.advice);
  write(find('sound-text', HTMLElement), soundFacts.advice ?? `The instruments sound from ${soundFacts.soundFont}.`);
  form.fillVoices();
  offerExamples(examples);
  // Only now is everything known: nothing was shown empty first.
  document.body.dataset.state = 'ready';
  studio.changed();
}

function frame() {
  for (const view of [roll, lanes, keyboard, transport]) view.frame();
  requestAnimationFrame(frame);
}

/** The two views of takes do the same with them. */
function showNodes() {
  /** @type {(node: Node, fields: Partial<Node>, label: string) => void} */
  const patch = (node, fields, label) =>
    messages.attempt(() => changes.patch(studio, node, fields, label));
  const acts = {
    /** @param {Node} node */
    hear: (node) => deeds.hear(node),
    /** @param {Node} node */
    choose: (node) => studio.select(node.id),
    /** @param {Node} node */
    pin: (node) => patch(node, { pinned: !node.pinned }, node.pinned ? 'unpinning' : 'pinning'),
    /** @param {Node} node */
    remove: (node) => deeds.remove(node),
    /** @param {Node} node @param {string} name */
    rename: (node, name) => patch(node, { name }, 'a name'),
    /** @param {Node} node @param {string} annotation */
    annotate: (node, annotation) => patch(node, { annotation }, 'a remark'),
  };
  new Tree(studio, acts);
  new Facts(studio, acts);
  return new Lanes(studio, heard, acts);
}

function editNotes() {
  /** @param {number} pitch */
  const tap = (pitch) => deeds.tap(pitch);
  const editor = new Editor(studio, roll, {
    sound: tap,
    whisper: (text) => messages.whisper(text),
    attempt: (work) => messages.attempt(work),
  });
  pointAtRoll(studio, roll, editor, { playFrom: (quarter) => deeds.playFrom(quarter), sound: tap });
  moveInRoll(studio, roll, editor, (text) => messages.whisper(text));
}

function listenToButtons() {
  /** @type {Record<string, () => void>} */
  const buttons = {
    play: () => deeds.playOrStop(), record: () => deeds.record(), metronome: toggleMetronome,
    duet: () => deeds.duet(), edit: () => deeds.edit(), break: () => deeds.breakAway(),
    undo: () => deeds.undo(), redo: () => deeds.redo(),
    'zoom-in': () => roll.zoom(1.3), 'zoom-out': () => roll.zoom(1 / 1.3),
    'draft-keep': () => messages.attempt(() => capture.keep()), 'draft-drop': () => deeds.drop(),
    'side-toggle': () => showSide(), 'side-close': () => showSide(false),
    'help-button': () => find('help', HTMLDialogElement).showModal(),
  };
  for (const [id, act] of Object.entries(buttons)) button(id).addEventListener('click', act);
  for (const close of document.querySelectorAll('[data-close]')) {
    close.addEventListener('click', () => close.closest('dialog')?.close());
  }
  // After a click the space bar plays again; who walks with Tab stays where they are.
  addEventListener('click', (event) => {
    const pressed = event.target instanceof Element && event.detail > 0 && event.target.closest('button');
    if (pressed && !pressed.closest('dialog, [popover]')) pressed.blur();
  });
  placePanels();
  fillShortcuts();
  listenToShortcuts({
    play: () => deeds.playOrStop(), go: () => deeds.go(), escape: () => deeds.escape(),
    breakAway: () => deeds.breakAway(), compare: (by) => deeds.compare(by),
    hear: (place) => deeds.hearPlace(place), record: () => deeds.record(),
    metronome: toggleMetronome, duet: () => deeds.duet(), undo: () => deeds.undo(),
    redo: () => deeds.redo(), octave: (by) => keyboard.shift(by), notes: () => exports.listNotes(),
    help: () => find('help', HTMLDialogElement).showModal(),
  });
}

function toggleMetronome() {
  const on = button('metronome').getAttribute('aria-pressed') !== 'true';
  button('metronome').setAttribute('aria-pressed', String(on));
  keep.set('clara.metronome', on);
  metronome.audible = on;
}

/** @param {boolean} [open] on a small screen, where the tree lies over the music */
function showSide(open = document.body.dataset.side !== 'open') {
  document.body.dataset.side = open ? 'open' : '';
  button('side-toggle').setAttribute('aria-expanded', String(open));
}

function listenToInstruments() {
  const keysPlay = input('keys-play');
  keysPlay.addEventListener('change', () => {
    keyboard.labelled = keysPlay.checked;
    keyboard.arrange();
  });
  playWithComputerKeys(performer, { base: () => keyboard.base, isOn: () => keysPlay.checked });
  const midi = button('midi');
  placeBefore(midi, find('theme', HTMLElement), find('sound-text', HTMLElement));
  playWithMIDI(performer, (names) => {
    midi.hidden = false;
    midi.disabled = names !== null && names.length > 0;
    const [first = 'No MIDI keyboard: try again'] = names ?? ['Connect MIDI'];
    write(midi, names && names.length > 1 ? `${names.length} MIDI keyboards` : first);
  }, (why) => messages.say(why)).then((connect) => midi.addEventListener('click', connect));
}

function listenToPage() {
  partner.addEventListener('answer', (event) => {
    const late = Math.round(/** @type {CustomEvent} */ (event).detail * 1000);
    button('duet').dataset.late = String(late);
    button('duet').title = `Her last answer began ${late} ms after its beat.`;
  });
  button('metronome').setAttribute('aria-pressed', String(keep.get('clara.metronome') ?? true));
  listenToTheme(() => studio.changed());
  performer.addEventListener('unheard', () =>
    messages.say('Click anywhere to hear what you play: browsers are silent until then.'));
  for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, () => sound.wake());
  // A name or a remark is kept where the page is left while one types.
  addEventListener('pagehide', () => /** @type {HTMLElement | null} */ (document.activeElement)?.blur());
  addEventListener('hashchange', () => {
    const id = location.hash.slice(1);
    if (id && id !== studio.session?.id) messages.attempt(() => sessions.open(studio, id));
  });
  document.addEventListener('visibilitychange', () => {
    // Another page may have changed the piece meanwhile.
    const busy = studio.asking !== null || partner.duet !== null || studio.editing;
    if (!document.hidden && !busy) messages.attempt(() => changes.inTurn(studio, () => sessions.refresh(studio)));
  });
  acceptDrops(find('drop', HTMLElement), take);
  input('file').addEventListener('change', () => {
    const file = input('file').files?.[0];
    if (file) take(file);
    input('file').value = '';
  });
  player.addEventListener('state', () => studio.changed());
  studio.addEventListener('leave', () => deeds.settle());
  studio.addEventListener('change', () => {
    const busy = studio.draft !== null || partner.duet !== null || studio.asking !== null;
    find('welcome', HTMLElement).hidden = !studio.isEmpty || busy;
    sound.prepare((studio.session?.parts ?? []).map(programOf));
  });
}

/** @param {File} file */
function take(file) {
  deeds.settle();
  messages.attempt(() => addFile(studio, file));
}

/** @param {{ name: string, title: string }[]} examples */
function offerExamples(examples) {
  find('examples', HTMLElement).replaceChildren(...examples.map(({ name, title }) => {
    const offer = make('button', { type: 'button', class: 'example' }, title);
    offer.addEventListener('click', () => messages.attempt(async () => {
      await sessions.create(studio, { example: name });
      player.play(0);
    }));
    return offer;
  }));
}
