/** @typedef {{ event: string, data: any }} StreamEvent */

/** Reads server-sent events (`text/event-stream`) from text that comes in any pieces. */
export class EventReader {
  constructor() {
    this.rest = '';
    this.event = '';
    /** @type {string[]} */
    this.data = [];
  }

  /**
   * @param {string} text
   * @returns {StreamEvent[]} the events that it completes
   */
  push(text) {
    this.rest += text;
    /** @type {StreamEvent[]} */
    const events = [];
    for (;;) {
      // A CR at the very end may be half of a CR LF: wait for what follows.
      const match = /\r\n|\n|\r(?!$)/.exec(this.rest);
      if (!match) return events;
      const [end = ''] = match;
      const line = this.rest.slice(0, match.index);
      this.rest = this.rest.slice(match.index + end.length);
      if (line === '') this.finish(events);
      else this.field(line);
    }
  }

  /** @param {string} line */
  field(line) {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'event') this.event = value;
    if (name === 'data') this.data.push(value);
  }

  /** @param {StreamEvent[]} events */
  finish(events) {
    if (this.data.length > 0) {
      events.push({ event: this.event || 'message', data: JSON.parse(this.data.join('\n')) });
    }
    this.event = '';
    this.data = [];
  }
}
