/** General MIDI programs whose tone lasts as long as the key is held. */
export function sustains(/** @type {number} */ program) {
  return (program >= 16 && program <= 23) || (program >= 40 && program <= 44) ||
    (program >= 48 && program <= 54) || (program >= 56 && program <= 95);
}

/**
 * A sample that can be repeated without a click: the end of the loop is blended into what comes before
 * its beginning, with equal power.
 * @param {Float32Array} samples changed in place
 * @param {number} start of the loop, in samples
 * @param {number} end
 */
export function blendLoop(samples, start, end) {
  const length = Math.min(start, Math.floor((end - start) / 2));
  for (let place = 0; place < length; place += 1) {
    const angle = ((place + 1) / length) * (Math.PI / 2);
    const before = samples[start - length + place] ?? 0;
    const here = samples[end - length + place] ?? 0;
    samples[end - length + place] = here * Math.cos(angle) + before * Math.sin(angle);
  }
}

/** The number under which the server keeps drums beside the 128 programs. */
export const drumKit = 128;

/** @param {import('../music/types.js').Part | undefined} part */
export function programOf(part) {
  return part?.drums ? drumKit : part?.program ?? 0;
}

/**
 * The rendered pitch that a pitch is shifted from: every third is rendered.
 * @param {number} pitch
 */
export function sampledPitch(pitch) {
  return Math.min(108, Math.max(21, Math.round(pitch / 3) * 3));
}
