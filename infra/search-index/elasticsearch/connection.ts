import { Client } from '@elastic/elasticsearch';
import { SearchIndexUnavailableError } from '../search-index.js';
import { isAway, translated } from './driver-errors.js';

const REQUEST_TIMEOUT_MS = 10_000;
const CONNECT_MS = 3_000;
/** A connection that something on the way forgot while it was quiet is not tried, each at the price of a time-out. */
const QUIET_MS = 10_000;
/** All that one question may take, tries again and all its requests together. */
const ANSWER_MS = 15_000;
/** How long requests under way may take to end where the index is closed. */
const GOODBYE_MS = 2_000;
/** Also of the pool that makes the connections, which the client hands these to. */
const AGENT = { keepAliveTimeout: QUIET_MS, keepAliveMaxTimeout: QUIET_MS, connectTimeout: CONNECT_MS };
const RETRIES = 2;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 3_000;
const WAIT_AT_OPEN_MS = 30_000;

export interface ConnectionOptions {
  /** `http://` or `https://`, with `user:password@` where the server wants one. */
  readonly url: string;
  /** Instead of user and password. */
  readonly apiKey?: string;
  /** All that one question may take; default 15 s. */
  readonly answerMs?: number;
  /** How long a server that is away is waited for; default 30 s. */
  readonly waitAtOpenMs?: number;
}

/**
 * A client with its host, and the port's errors. Every wait ends: for a connection, for an answer (which is not asked for
 * again where none came in time), for everything that one question needs, and for the end itself.
 */
export class Connection {
  readonly client: Client;
  /** Without credentials. */
  readonly host: string;
  readonly #answerMs: number;
  #isClosed = false;

  constructor({ url, apiKey, answerMs = ANSWER_MS }: ConnectionOptions) {
    const { host, username, password, origin, pathname } = new URL(url);
    const user = { username: decodeURIComponent(username), password: decodeURIComponent(password) };
    const auth = apiKey === undefined ? (username === '' ? undefined : user) : { apiKey };
    this.host = host;
    this.#answerMs = answerMs;
    this.client = new Client({
      node: `${origin}${pathname}`,
      requestTimeout: REQUEST_TIMEOUT_MS,
      maxRetries: RETRIES,
      agent: AGENT,
      // Attributes may have any name: they are data and never merged into anything.
      disablePrototypePoisoningProtection: true,
      ...(auth && { auth }),
    });
  }

  /**
   * Asks again and again while the server is away.
   * @throws SearchIndexUnavailableError after the time, or at once where the server refuses
   */
  async waitUntil(answers: (client: Client) => Promise<unknown>, waitMs = WAIT_AT_OPEN_MS): Promise<void> {
    const until = performance.now() + waitMs;
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        await answers(this.client);
        return;
      } catch (error) {
        if (!isAway(error) || performance.now() + wait > until) throw translated(error, this.host);
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }

  /** Work with the client, its errors as the port's. */
  async ask<Answer>(work: (client: Client) => Promise<Answer>): Promise<Answer> {
    if (this.#isClosed) throw new SearchIndexUnavailableError('the search index is closed');
    try {
      return await work(this.client);
    } catch (error) {
      throw translated(error, this.host);
    }
  }

  /** The same for what changes nothing: whoever asks is told in time, and what comes later is for nobody. */
  async answered<Answer>(work: (client: Client) => Promise<Answer>): Promise<Answer> {
    const late = new SearchIndexUnavailableError(`the search index at ${this.host} does not answer in time`);
    return inTime(this.ask(work), this.#answerMs, () => Promise.reject(late));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await inTime(this.client.close(), GOODBYE_MS, () => Promise.resolve());
  }
}

function inTime<Answer>(work: Promise<Answer>, milliseconds: number, late: () => Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => late().then(resolve, reject), milliseconds);
    work.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}
