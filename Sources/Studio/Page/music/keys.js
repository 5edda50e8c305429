/** Physical keys of a computer's keyboard that play, as semitones above the lowest of them. */
export const playingKeys = new Map([
  ['KeyA', 0], ['KeyW', 1], ['KeyS', 2], ['KeyE', 3], ['KeyD', 4], ['KeyF', 5], ['KeyT', 6],
  ['KeyG', 7], ['KeyY', 8], ['KeyH', 9], ['KeyU', 10], ['KeyJ', 11], ['KeyK', 12], ['KeyO', 13],
  ['KeyL', 14], ['KeyP', 15], ['Semicolon', 16], ['Quote', 17],
]);

const signs = new Map([['Semicolon', ';'], ['Quote', '’']]);

/**
 * What is printed on a key, by the layout where the browser tells it.
 * @param {string} code
 * @param {Map<string, string> | null} layout
 */
export function keyLabel(code, layout) {
  return (layout?.get(code) ?? signs.get(code) ?? code.replace(/^Key/, '')).toUpperCase();
}

const names = ['C', 'C♯', 'D', 'E♭', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'B♭', 'B'];

/** @param {number} pitch 60 is C4 */
export function pitchName(pitch) {
  return `${names[((pitch % 12) + 12) % 12]}${Math.floor(pitch / 12) - 1}`;
}

/** @param {number} pitch */
export function isBlack(pitch) {
  return [1, 3, 6, 8, 10].includes(((pitch % 12) + 12) % 12);
}

/**
 * What a MIDI keyboard says, as far as the studio listens.
 * @typedef {{ kind: 'on', pitch: number, velocity: number } | { kind: 'off', pitch: number }
 * | { kind: 'pedal', down: boolean }} Played
 * @param {ArrayLike<number>} bytes one message
 * @returns {Played | null}
 */
export function readMIDI(bytes) {
  const [status = 0, first = 0, second = 0] = Array.from(bytes);
  const kind = status & 0xf0;
  if (kind === 0x90 && second > 0) return { kind: 'on', pitch: first, velocity: second };
  if (kind === 0x80 || kind === 0x90) return { kind: 'off', pitch: first };
  if (kind === 0xb0 && first === 64) return { kind: 'pedal', down: second >= 64 };
  return null;
}
