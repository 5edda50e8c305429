/** @typedef {import('./types.js').Note} Note */
/** @typedef {import('./types.js').RawNote} RawNote */

/** The encoding's grid. */
export const stepsPerQuarter = 12;

/** Who begins this much too early, in quarters, means the bar line. */
export const earlyQuarters = 0.25;

/** @param {number} quarters */
export function onGrid(quarters) {
  return Math.round(quarters * stepsPerQuarter) / stepsPerQuarter;
}

/**
 * What was played, on the grid of 12 steps to a quarter. A note is at least a step long and ends
 * where the same pitch is struck again.
 * @param {RawNote[]} raw seconds from a bar line
 * @param {number} tempo quarters per minute
 * @param {number} start the quarter of that bar line in the piece
 * @param {number} part
 * @returns {Note[]} ordered by onset and pitch
 */
export function quantise(raw, tempo, start, part) {
  const notes = raw.map((each) => {
    const onset = onGrid(Math.max(0, (each.onset * tempo) / 60));
    const end = onGrid(((each.onset + each.duration) * tempo) / 60);
    const duration = Math.max(1 / stepsPerQuarter, end - onset);
    return { pitch: each.pitch, onset, duration, velocity: each.velocity, part };
  });
  notes.sort((a, b) => a.onset - b.onset || a.pitch - b.pitch);
  return withoutOverlaps(notes).map((note) => ({
    ...note,
    onset: onGrid(start + note.onset),
    duration: onGrid(note.duration),
  }));
}

/**
 * A key can be struck again, but not twice at once: a note ends where its key is struck again.
 * @template {Note} Kind
 * @param {Kind[]} notes ordered by onset
 * @returns {Kind[]} of those that begin together the longest
 */
export function withoutOverlaps(notes) {
  /** @type {Map<string, Kind>} */
  const sounding = new Map();
  /** @type {Kind[]} */
  const kept = [];
  for (const each of notes) {
    const note = { ...each };
    const key = `${note.part} ${note.pitch}`;
    const before = sounding.get(key);
    if (before && before.onset === note.onset) {
      before.duration = Math.max(before.duration, note.duration);
      continue;
    }
    if (before) before.duration = Math.min(before.duration, note.onset - before.onset);
    kept.push(note);
    sounding.set(key, note);
  }
  return kept;
}

/**
 * Whole bars, at least one, that hold a phrase.
 * @param {Note[]} notes
 * @param {number} start quarter at which the first bar begins
 * @param {number} bar its length in quarters
 */
export function barsFor(notes, start, bar) {
  // A note that only hangs over a bar line, as a last chord does, makes no bar of its own.
  const end = notes.reduce((latest, note) => {
    const over = (note.onset + note.duration - start) % bar;
    const hangs = over <= bar / 4 && note.duration > over;
    return Math.max(latest, note.onset + note.duration - (hangs ? over : 0));
  }, start);
  return Math.max(1, Math.ceil((end - start) / bar - 1e-6));
}
