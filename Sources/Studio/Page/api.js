import { EventReader } from './music/events.js';

/** What went wrong, in a sentence for whoever plays. `status` is 0 when nobody answered. */
export class Trouble extends Error {
  /**
   * @param {string} message
   * @param {number} status
   */
  constructor(message, status) {
    super(message);
    this.status = status;
  }

  /** Whether the same may work later: nobody answered, too much was asked for at once, the disk was full. */
  get mayPass() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

const silent = 'The studio does not answer. Start it again with “clara studio” in a terminal; ' +
  'everything you kept is saved.';

/** @param {Response} response */
async function troubleIn(response) {
  const body = await response.json().catch(() => null);
  const message = body?.error?.message ?? `The studio could not do that (${response.status}).`;
  return new Trouble(message, response.status);
}

/**
 * @param {string} path
 * @param {RequestInit} [options]
 */
async function reach(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Trouble(silent, 0);
  }
  if (!response.ok) throw await troubleIn(response);
  return response;
}

/**
 * Asks the server and reads its JSON.
 * @param {string} path
 * @param {{ method?: string, json?: unknown, body?: Blob, kind?: string }} [request]
 * @returns {Promise<any>}
 */
export async function ask(path, request = {}) {
  /** @type {RequestInit} */
  const options = { method: request.method ?? 'GET' };
  if (request.json !== undefined) {
    options.body = JSON.stringify(request.json);
    options.headers = { 'Content-Type': 'application/json' };
    // What is on its way arrives even if the page is left; browsers allow that up to 64 kB together.
    options.keepalive = request.method !== undefined && String(options.body).length < 60000;
  } else if (request.body) {
    options.body = request.body;
    options.headers = { 'Content-Type': request.kind ?? 'application/octet-stream' };
  }
  const text = await (await reach(path, options)).text();
  return text ? JSON.parse(text) : null;
}

/**
 * Asks for a stream of events and hands them over as they come.
 * @param {string} path
 * @param {unknown} json
 * @param {AbortSignal} signal
 * @param {(event: import('./music/events.js').StreamEvent) => void} take
 */
export async function stream(path, json, signal, take) {
  const response = await reach(path, {
    method: 'POST', signal, body: JSON.stringify(json),
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
  });
  const reader = response.body?.getReader();
  if (!reader) return;
  const events = new EventReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      for (const event of events.push(decoder.decode(value, { stream: true }))) take(event);
    }
  } catch (error) {
    if (error instanceof TypeError) throw new Trouble(silent, 0);
    throw error;
  }
}

/** @param {string} path */
export async function bytes(path) {
  return (await reach(path)).arrayBuffer();
}

/**
 * A file with the name that the server gives it.
 * @param {string} path
 */
export async function file(path) {
  const response = await reach(path);
  const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
  return { name: name ?? 'clara', content: await response.blob() };
}
