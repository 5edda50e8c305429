import { readMIDI } from '../music/keys.js';

/** @typedef {import('./performer.js').Performer} Performer */

/**
 * Listens to all MIDI keyboards, those too that are plugged in later.
 * @param {Performer} performer
 * @param {(names: string[]) => void} tell which are there
 */
export async function playWithMIDI(performer, tell) {
  const browser = /** @type {any} */ (navigator);
  if (!browser.requestMIDIAccess) return;
  /** @type {any} */
  let access;
  try {
    access = await browser.requestMIDIAccess();
  } catch {
    // Not allowed by whoever plays: the other keyboards remain.
    return;
  }
  const listen = () => {
    /** @type {string[]} */
    const names = [];
    access.inputs.forEach((/** @type {any} */ input) => {
      if (input.state === 'disconnected') return;
      names.push(input.name ?? 'MIDI keyboard');
      input.onmidimessage = (/** @type {any} */ event) => hear(performer, event);
    });
    tell(names);
  };
  access.onstatechange = listen;
  listen();
}

/** @param {Performer} performer @param {any} event a MIDIMessageEvent */
function hear(performer, event) {
  const played = readMIDI(event.data ?? []);
  const stamp = event.timeStamp || performance.now();
  if (played?.kind === 'on') performer.noteOn(played.pitch, played.velocity, stamp);
  if (played?.kind === 'off') performer.noteOff(played.pitch, stamp);
  if (played?.kind === 'pedal') performer.pedal(played.down, stamp);
}
