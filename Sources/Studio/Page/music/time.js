/** @typedef {import('./types.js').TempoChange} TempoChange */
/** @typedef {import('./types.js').MeterChange} MeterChange */

/**
 * A meter in quarters: how long its bar is, and how long the beat that a metronome counts.
 * 6/8, 9/8 and 12/8 are counted in dotted quarters.
 * @param {string} meter such as "3/4"
 */
export function measure(meter) {
  const match = /^(\d{1,2})\/(1|2|4|8|16|32)$/.exec(meter);
  const beats = Number(match?.[1] ?? 4) || 4;
  const unit = Number(match?.[2] ?? 4);
  const compound = unit >= 8 && beats > 3 && beats % 3 === 0;
  return { bar: (beats * 4) / unit, beat: (compound ? 12 : 4) / unit };
}

/** Where bars, beats and seconds fall in a piece. */
export class Timeline {
  /**
   * @param {number} tempo that holds from 0, quarters per minute
   * @param {string} meter that holds from 0
   * @param {TempoChange[]} tempos
   * @param {MeterChange[]} meters
   */
  constructor(tempo, meter, tempos = [], meters = []) {
    this.tempos = tempoSpans(tempo, tempos);
    this.meters = meterSpans(meter, meters);
  }

  /**
   * The quarter at which a bar begins.
   * @param {number} bar from 1
   */
  barStart(bar) {
    const span = last(this.meters, (each) => each.bar <= bar);
    return span.onset + (bar - span.bar) * span.length;
  }

  /**
   * The bar that holds a quarter.
   * @param {number} quarter
   */
  barAt(quarter) {
    const span = last(this.meters, (each) => each.onset <= quarter + 1e-6);
    return Math.max(1, span.bar + Math.floor((quarter - span.onset) / span.length + 1e-6));
  }

  /** @param {number} quarter */
  meterAt(quarter) {
    return last(this.meters, (each) => each.onset <= quarter + 1e-6).meter;
  }

  /** @param {number} quarter */
  tempoAt(quarter) {
    return last(this.tempos, (each) => each.onset <= quarter + 1e-6).tempo;
  }

  /**
   * Seconds from the beginning to a quarter.
   * @param {number} quarter
   */
  seconds(quarter) {
    const span = last(this.tempos, (each) => each.onset <= quarter);
    return span.seconds + ((quarter - span.onset) * 60) / span.tempo;
  }

  /**
   * The quarter that is reached after so many seconds.
   * @param {number} seconds
   */
  quarters(seconds) {
    const span = last(this.tempos, (each) => each.seconds <= seconds);
    return span.onset + ((seconds - span.seconds) * span.tempo) / 60;
  }

  /**
   * The beats from one quarter to another, that one left out.
   * @param {number} from
   * @param {number} to
   */
  beats(from, to) {
    /** @type {{ quarter: number, bar: number, first: boolean }[]} */
    const beats = [];
    for (let bar = this.barAt(Math.max(0, from)); this.barStart(bar) < to; bar += 1) {
      const start = this.barStart(bar);
      const step = measure(this.meterAt(start)).beat;
      for (let quarter = start; quarter < this.barStart(bar + 1) - 1e-6; quarter += step) {
        if (quarter >= from && quarter < to) beats.push({ quarter, bar, first: quarter === start });
      }
    }
    return beats;
  }
}

/** @param {number} tempo @param {TempoChange[]} changes */
function tempoSpans(tempo, changes) {
  const spans = [{ onset: 0, tempo, seconds: 0 }];
  for (const change of [...changes].sort((a, b) => a.onset - b.onset)) {
    const before = spans[spans.length - 1];
    if (!before || !(change.tempo > 0)) continue;
    const seconds = before.seconds + ((change.onset - before.onset) * 60) / before.tempo;
    if (change.onset <= before.onset) spans.pop();
    spans.push({ onset: Math.max(0, change.onset), tempo: change.tempo, seconds });
  }
  return spans;
}

/** @param {string} meter @param {MeterChange[]} changes */
function meterSpans(meter, changes) {
  const spans = [{ onset: 0, meter, bar: 1, length: measure(meter).bar }];
  for (const change of [...changes].sort((a, b) => a.onset - b.onset)) {
    const before = spans[spans.length - 1];
    if (!before) continue;
    const bars = Math.ceil((change.onset - before.onset) / before.length - 1e-6);
    if (change.onset <= before.onset) spans.pop();
    const bar = before.bar + Math.max(0, bars);
    const { bar: length } = measure(change.meter);
    spans.push({ onset: Math.max(0, change.onset), meter: change.meter, bar, length });
  }
  return spans;
}

/**
 * The last element for which a condition holds that holds for all before it too; the first if none.
 * @template T
 * @param {T[]} list ordered, not empty
 * @param {(each: T) => boolean} holds
 * @returns {T}
 */
function last(list, holds) {
  let low = 0;
  let high = list.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (holds(/** @type {T} */ (list[middle]))) low = middle;
    else high = middle - 1;
  }
  return /** @type {T} */ (list[low]);
}
