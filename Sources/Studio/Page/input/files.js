import { ask } from '../api.js';
import { record, sessionPath } from '../changes.js';
import { added } from '../music/history.js';
import { parentFor } from '../music/tree.js';
import { refresh } from '../sessions.js';

/** @typedef {import('../studio.js').Studio} Studio */

/**
 * Adds a MIDI file where new music begins.
 * @param {Studio} studio
 * @param {File} file
 */
export async function addFile(studio, file) {
  const { session, flag } = studio;
  const parent = session && parentFor(session, studio.selected, flag);
  if (!session || !parent) return;
  const name = file.name.replace(/\.[^.]+$/, '');
  const query = new URLSearchParams({ parent: parent.id, fromBar: String(flag), name });
  const node = await ask(`${sessionPath(studio)}/nodes?${query}`,
    { method: 'POST', body: file, kind: 'audio/midi' });
  await refresh(studio);
  studio.select(node.id);
  studio.playFrom = 0;
  record(studio, added(`the file ${name}`, [node.id]));
}

/**
 * Lets files be dropped anywhere on the page.
 * @param {HTMLElement} sign shown while something is dragged
 * @param {(file: File) => void} take
 */
export function acceptDrops(sign, take) {
  let depth = 0;
  const show = () => { sign.hidden = depth <= 0; };
  addEventListener('dragenter', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    depth += 1;
    show();
  });
  addEventListener('dragleave', () => {
    depth = Math.max(0, depth - 1);
    show();
  });
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    depth = 0;
    show();
    const file = event.dataTransfer?.files[0];
    if (file) take(file);
  });
}
