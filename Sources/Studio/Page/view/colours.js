const names = ['paper', 'row', 'beat', 'bar', 'ink', 'faint', 'you', 'you-second', 'clara',
  'clara-second', 'flag', 'playhead', 'chosen', 'ivory', 'ebony', 'key-line', 'draft'];

/** The theme's colours as canvases need them: resolved for light or dark. */
class Colours {
  constructor() {
    /** @type {Record<string, string>} */
    this.all = {};
    this.probe = document.createElement('i');
    this.probe.className = 'unseen';
    document.body.append(this.probe);
    this.read();
  }

  read() {
    for (const name of names) {
      this.probe.style.color = `var(--${name})`;
      this.all[name] = getComputedStyle(this.probe).color;
    }
  }

  /** @param {string} name */
  get(name) {
    return this.all[name] ?? '#888';
  }

  /**
   * A note's: blue is you, amber is Clara; a second part has the other shade.
   * @param {string} kind of node
   * @param {number} part
   */
  note(kind, part) {
    const whose = kind === 'take' ? 'clara' : 'you';
    return this.get(part % 2 === 1 ? `${whose}-second` : whose);
  }
}

export const colours = new Colours();
