import { Trouble } from '../api.js';
import { keep } from '../studio.js';
import { button, fill, find, input, select, titled, whole, write } from './dom.js';

/** @typedef {import('../studio.js').Studio} Studio */

const numbers = ['topK', 'topP', 'minP', 'choiceFrequency', 'repetitionPenalty', 'noRepeat', 'repeats', 'seed'];
const switches = ['loops', 'original', 'steady', 'judge'];
// All but the seed: with the same one the takes would always be the same.
const remembered = ['voice', 'style', 'bars', 'takes', 'temperature', ...numbers.slice(0, -1)];

/** What is asked of Clara: voice, manner, length, how many ways, how daring. */
export class AskForm {
  /** @param {Studio} studio @param {{ go: () => void }} actions */
  constructor(studio, actions) {
    this.studio = studio;
    this.form = find('ask', HTMLFormElement);
    /** @type {Record<string, string>} */
    this.kept = keep.get('clara.wishes') ?? {};
    let asked = -Infinity;
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      // A double click is one wish, not a wish and its end.
      if (studio.asking && event.timeStamp - asked < 400) return;
      asked = event.timeStamp;
      actions.go();
    });
    for (const box of [this.form, find('samplers', HTMLElement)]) {
      box.addEventListener('input', () => this.update());
      box.addEventListener('change', () => this.remember());
    }
    button('how').addEventListener('click', () => {
      const open = button('how').getAttribute('aria-expanded') !== 'true';
      button('how').setAttribute('aria-expanded', String(open));
    });
    studio.addEventListener('change', () => this.update());
    for (const id of remembered.slice(2)) {
      const value = this.kept[id];
      if (value) input(id).value = value;
    }
    for (const id of switches) {
      const value = this.kept[id];
      if (value) input(id).checked = value === 'on';
    }
  }

  remember() {
    /** @type {Record<string, string>} */
    const wishes = {};
    for (const id of remembered) wishes[id] = this.value(id);
    for (const id of switches) wishes[id] = input(id).checked ? 'on' : 'off';
    this.kept = wishes;
    keep.set('clara.wishes', wishes);
  }

  /** @param {string} id */
  value(id) {
    const element = document.getElementById(id);
    return element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? element.value : '';
  }

  /** The voices, once the server has told them. */
  fillVoices() {
    const voices = this.studio.voices;
    const voice = select('voice');
    fill(voice, voices.map(({ name }) => ({ value: name, text: name })));
    const wanted = this.kept['voice'];
    const usual = voices.find((each) => each.default) ?? voices[0];
    voice.value = voices.some(({ name }) => name === wanted) ? String(wanted) : (usual?.name ?? '');
    this.fillStyles();
    if (this.kept['style']) select('style').value = this.kept['style'];
    if (select('style').selectedIndex < 0) select('style').value = '';
    this.update();
  }

  fillStyles() {
    const styles = this.studio.voices.find(({ name }) => name === this.value('voice'))?.styles ?? [];
    fill(select('style'), [{ value: '', text: 'anyone' }, ...styles.map((style) =>
      ({ value: style, text: titled(style) }))]);
    find('style-dial', HTMLElement).hidden = styles.length === 0;
    const voice = this.studio.voices.find(({ name }) => name === this.value('voice'));
    input('original').disabled = voice?.originality === false;
  }

  update() {
    this.fillStyles();
    const daring = Number(this.value('temperature'));
    write(find('temperature-text', HTMLElement), daring.toFixed(2));
    const { studio } = this;
    const busy = studio.asking !== null;
    const go = button('go');
    go.classList.toggle('busy', busy);
    write(find('go-main', HTMLElement), busy ? 'Stop' : 'Clara, go on');
    const beyond = studio.flag <= (studio.piece?.bars ?? 0);
    const from = studio.draft && !studio.draft.running ? 'from what you played'
      : `from bar ${studio.flag}`;
    const nothing = studio.isEmpty && !studio.draft ? 'from nothing' : from;
    write(find('go-sub', HTMLElement), busy ? 'Esc' : beyond ? `breaking away at bar ${studio.flag}` : nothing);
    const style = this.value('style');
    const takes = whole('takes');
    const bars = whole('bars');
    write(find('how-text', HTMLElement), [this.value('voice'), titled(style), bars === 1 ? '1\u00a0bar' : `${bars}\u00a0bars`,
      takes === 1 ? '1\u00a0take' : `${takes}\u00a0takes`].filter(Boolean).join(' · '));
    input('repeats').disabled = this.value('noRepeat') === '';
  }

  /**
   * As the server wants it, without where.
   * @throws {Trouble} where a field has what it cannot have
   */
  wishes() {
    /** @type {Record<string, string | number | boolean>} */
    const wishes = { voice: this.value('voice'), bars: whole('bars'), takes: whole('takes') };
    wishes['temperature'] = Number(this.value('temperature'));
    if (this.value('style')) wishes['style'] = this.value('style');
    for (const id of numbers) {
      const field = input(id);
      if (!field.validity.valid) {
        const name = field.labels?.[0]?.firstChild?.textContent ?? id;
        throw new Trouble(`${name}: ${field.validationMessage}`, 400);
      }
      if (field.value !== '' && !field.disabled) wishes[id] = Number(field.value);
    }
    for (const id of switches) if (!input(id).disabled) wishes[id] = input(id).checked;
    return wishes;
  }
}
