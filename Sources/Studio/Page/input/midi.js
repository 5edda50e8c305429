import { readMIDI } from '../music/keys.js';

/** @typedef {import('./performer.js').Performer} Performer */

/**
 * Listens to all MIDI keyboards, those too that are plugged in later. Browsers ask whoever plays first:
 * where they have not agreed yet, that waits until they want it.
 * @param {Performer} performer
 * @param {(names: string[] | null) => void} tell which are there; null: not connected yet
 * @param {(why: string) => void} refuse where the browser does not let it
 * @returns {Promise<() => Promise<void>>} connects
 */
export async function playWithMIDI(performer, tell, refuse) {
  const browser = /** @type {any} */ (navigator);
  const connect = async () => {
    try {
      listen(await browser.requestMIDIAccess(), performer, tell);
    } catch {
      tell(null);
      refuse('The browser does not let this page hear MIDI keyboards; allow it beside the address.');
    }
  };
  if (!browser.requestMIDIAccess) return connect;
  const allowed = await browser.permissions?.query({ name: 'midi' }).catch(() => null);
  if (allowed?.state === 'granted') await connect();
  else tell(null);
  return connect;
}

/**
 * @param {any} access a MIDIAccess
 * @param {Performer} performer
 * @param {(names: string[]) => void} tell
 */
function listen(access, performer, tell) {
  const again = () => {
    /** @type {string[]} */
    const names = [];
    access.inputs.forEach((/** @type {any} */ input) => {
      if (input.state === 'disconnected') return;
      names.push(input.name ?? 'MIDI keyboard');
      input.onmidimessage = (/** @type {any} */ event) => hear(performer, event);
    });
    tell(names);
  };
  access.onstatechange = again;
  again();
}

/** @param {Performer} performer @param {any} event a MIDIMessageEvent */
function hear(performer, event) {
  const played = readMIDI(event.data ?? []);
  const stamp = event.timeStamp || performance.now();
  if (played?.kind === 'on') performer.noteOn(played.pitch, played.velocity, stamp);
  if (played?.kind === 'off') performer.noteOff(played.pitch, stamp);
  if (played?.kind === 'pedal') performer.pedal(played.down, stamp);
}
