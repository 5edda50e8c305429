import { colours } from './colours.js';
import { button, fill, find, input, select, whole, write } from './dom.js';

/** @typedef {import('../studio.js').Studio} Studio */

const meters = ['2/4', '3/4', '4/4', '5/4', '6/8', '9/8', '12/8', '2/2', '3/8'];

/**
 * The panel of tempo, meter, instrument and duet.
 * @param {Studio} studio
 * @param {{ change: (fields: Record<string, unknown>, label: string) => void }} actions
 */
export function listenToSettings(studio, actions) {
  const meter = select('meter');
  fill(meter, meters.map((each) => ({ value: each, text: each })));
  input('tempo').addEventListener('change', () => {
    if (input('tempo').value) actions.change({ tempo: whole('tempo') }, 'the tempo');
  });
  meter.addEventListener('change', () => actions.change({ meter: meter.value }, 'the meter'));
  const pause = input('duet-pause');
  const tell = () => write(find('duet-pause-text', HTMLElement), `${Number(pause.value).toFixed(1)} s`);
  pause.addEventListener('input', tell);
  tell();
  const instrument = select('instrument');
  instrument.addEventListener('change', () => {
    const [kind, value] = instrument.value.split(':');
    const session = studio.session;
    if (!session) return;
    if (kind === 'part') studio.part = Number(value);
    else {
      const part = instruments(studio)[Number(value)];
      if (!part) return;
      studio.part = session.parts.length;
      actions.change({ parts: [...session.parts, part] }, 'a new instrument');
    }
    studio.changed();
  });
  studio.addEventListener('change', () => fillInstruments(studio));
}

/**
 * What the voices can play and the piece does not have yet.
 * @param {Studio} studio
 */
function instruments(studio) {
  const has = new Set(studio.session?.parts.map(({ program }) => program));
  /** @type {Map<number, import('../music/types.js').Part>} */
  const found = new Map();
  for (const voice of studio.voices) {
    for (const part of voice.instruments) if (!has.has(part.program)) found.set(part.program, part);
  }
  return [...found.values()];
}

/** @param {Studio} studio */
function fillInstruments(studio) {
  const parts = studio.session?.parts ?? [];
  fill(select('instrument'), [
    ...parts.map(({ name }, place) => ({ value: `part:${place}`, text: name })),
    ...instruments(studio).map(({ name }, place) => ({ value: `new:${place}`, text: `${name} (new)` })),
  ]);
  select('instrument').value = `part:${studio.part}`;
}

const themes = ['auto', 'light', 'dark'];
const themeNames = { auto: 'as the system', light: 'light', dark: 'dark' };

/** @param {() => void} redraw */
export function listenToTheme(redraw) {
  const root = document.documentElement;
  const again = () => {
    const theme = /** @type {keyof typeof themeNames} */ (root.dataset.theme ?? 'auto');
    button('theme').setAttribute('aria-label', `Theme: ${themeNames[theme]}`);
    button('theme').title = `Theme: ${themeNames[theme]}`;
    colours.read();
    redraw();
  };
  button('theme').addEventListener('click', () => {
    const next = themes[(themes.indexOf(root.dataset.theme ?? 'auto') + 1) % themes.length];
    if (next === 'auto') delete root.dataset.theme;
    else root.dataset.theme = next;
    try {
      localStorage.setItem('clara.theme', next ?? 'auto');
    } catch {
      // It holds until the page is closed.
    }
    again();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
  again();
}
