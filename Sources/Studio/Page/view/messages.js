import { Trouble } from '../api.js';
import { find, make } from './dom.js';

const patience = 6000;

/** Short words at the edge of the page: what happened, and what went wrong with a way on. */
export class Messages {
  constructor() {
    this.said = find('said', HTMLElement);
    this.trouble = find('trouble', HTMLElement);
    this.timer = 0;
  }

  /**
   * @param {string} text
   * @param {{ name: string, act: () => void }} [way] what can be done about it
   */
  say(text, way) {
    window.clearTimeout(this.timer);
    this.said.replaceChildren(this.toast(text, way, this.said));
    this.timer = window.setTimeout(() => this.said.replaceChildren(), patience);
  }

  /**
   * Only for those who do not see what happened.
   * @param {string} text
   */
  whisper(text) {
    this.said.replaceChildren(make('span', { class: 'unseen' }, text));
  }

  /**
   * Does something; where it does not work, it can be tried again.
   * @param {() => Promise<unknown>} work
   * @param {() => void} [again] where that begins elsewhere
   */
  attempt(work, again = () => this.attempt(work)) {
    work().catch((error) => this.fail(error, again));
  }

  /**
   * What went wrong stays until it is read.
   * @param {unknown} error
   * @param {() => void} [again]
   */
  fail(error, again) {
    const text = error instanceof Trouble ? error.message : 'Something went wrong on this page. ' +
      'Reload it; everything you kept is saved.';
    if (!(error instanceof Trouble)) console.error(error);
    const way = again && error instanceof Trouble && error.mayPass ? { name: 'Try again', act: again } : undefined;
    this.trouble.replaceChildren(this.toast(text, way, this.trouble));
  }

  /**
   * @param {string} text
   * @param {{ name: string, act: () => void } | undefined} way
   * @param {HTMLElement} place
   */
  toast(text, way, place) {
    const toast = make('div', { class: 'toast' }, make('span', {}, text));
    if (way) {
      const act = make('button', {}, way.name);
      act.addEventListener('click', () => {
        place.replaceChildren();
        way.act();
      });
      toast.append(act);
    }
    const close = make('button', { class: 'plain', 'aria-label': 'Dismiss' }, '×');
    close.addEventListener('click', () => place.replaceChildren());
    toast.append(close);
    return toast;
  }
}
