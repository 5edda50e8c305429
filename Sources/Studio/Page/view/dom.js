/**
 * An element that index.html has.
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function find(id, type) {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new TypeError(`index.html has no ${type.name} called ${id}.`);
  return element;
}

/** @param {string} id */
export function button(id) {
  return find(id, HTMLButtonElement);
}

/** @param {string} id */
export function input(id) {
  return find(id, HTMLInputElement);
}

/** @param {string} id */
export function select(id) {
  return find(id, HTMLSelectElement);
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | boolean | number>} attributes true: there, false: not there
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

/**
 * A drawing of the sprite in index.html.
 * @param {string} name
 */
export function icon(name) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(space, 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  return svg;
}

/**
 * Sets a text only where it differs, so that screen readers and selections are left in peace.
 * @param {Element} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Makes a container's children those of a list and keeps the ones that stay, with their focus.
 * @template T
 * @template {HTMLElement} E
 * @param {Element} container
 * @param {T[]} items
 * @param {(item: T) => string} key
 * @param {(item: T) => E} create
 * @param {(element: E, item: T, place: number) => void} update
 */
export function keyed(container, items, key, create, update) {
  const kept = new Map([...container.children].map((child) =>
    [child instanceof HTMLElement ? child.dataset.key : '', /** @type {E} */ (child)]));
  items.forEach((item, place) => {
    const name = key(item);
    let element = kept.get(name);
    if (element) kept.delete(name);
    else {
      element = create(item);
      element.dataset.key = name;
    }
    if (container.children[place] !== element) {
      container.insertBefore(element, container.children[place] ?? null);
    }
    update(element, item, place);
  });
  for (const element of kept.values()) element.remove();
}

/**
 * Options of a menu, made anew only where they differ.
 * @param {HTMLSelectElement} menu
 * @param {{ value: string, text: string }[]} options
 */
export function fill(menu, options) {
  const same = options.length === menu.options.length && options.every((option, place) =>
    menu.options[place]?.value === option.value && menu.options[place]?.text === option.text);
  if (same) return;
  const chosen = menu.value;
  menu.replaceChildren(...options.map(({ value, text }) => new Option(text, value)));
  if (options.some(({ value }) => value === chosen)) menu.value = chosen;
}

/**
 * With a capital for each word, as names have.
 * @param {string} text
 */
export function titled(text) {
  return text.replace(/(^|[\s-])\p{L}/gu, (first) => first.toUpperCase());
}

/**
 * A field's whole number within its bounds; where it is empty, what it is at first.
 * @param {string} id
 */
export function whole(id) {
  const field = input(id);
  const value = Math.round(Number(field.value === '' ? field.defaultValue : field.value));
  return Math.min(Number(field.max), Math.max(Number(field.min), value));
}
