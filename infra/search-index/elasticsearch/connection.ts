import { Client } from '@elastic/elasticsearch';
import { SearchIndexUnavailableError } from '../search-index.js';
import { isAway, translated } from './driver-errors.js';

const REQUEST_TIMEOUT_MS = 10_000;
const CONNECT_MS = 3_000;
/** Idle connections are closed after this time: one that a device on the way has dropped would cost a time-out. */
const IDLE_MS = 10_000;
/** The time of one call, with all its requests and retries. */
const ANSWER_MS = 15_000;
/** How long requests under way may take when the index is closed. */
const CLOSING_MS = 2_000;
/** Options of the client and of its connection pool. */
const AGENT = { keepAliveTimeout: IDLE_MS, keepAliveMaxTimeout: IDLE_MS, connectTimeout: CONNECT_MS };
const RETRIES = 2;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 3_000;
const WAIT_AT_OPEN_MS = 30_000;

export interface ConnectionOptions {
  /** `http://` or `https://`, with `user:password@` where the server requires it. */
  readonly url: string;
  /** API key, instead of user and password. */
  readonly apiKey?: string;
  /** The time of one call with its retries; default 15 s. */
  readonly answerMs?: number;
  /** How often the driver sends a request again before it has failed, after a second or more; default 2. */
  readonly retries?: number;
  /** How long to wait for a server that is away; default 30 s. */
  readonly waitAtOpenMs?: number;
}

/**
 * The client with its host, which translates errors to the port's. Every wait has a limit: for a connection, for an answer (a request
 * that timed out is not repeated), for a whole call, and for closing.
 */
export class Connection {
  readonly client: Client;
  /** The host without credentials. */
  readonly host: string;
  readonly #answerMs: number;
  #isClosed = false;

  constructor({ url, apiKey, answerMs = ANSWER_MS, retries = RETRIES }: ConnectionOptions) {
    const { host, username, password, origin, pathname } = new URL(url);
    const user = { username: decodeURIComponent(username), password: decodeURIComponent(password) };
    const auth = apiKey === undefined ? (username === '' ? undefined : user) : { apiKey };
    this.host = host;
    this.#answerMs = answerMs;
    this.client = new Client({
      node: `${origin}${pathname}`,
      requestTimeout: REQUEST_TIMEOUT_MS,
      maxRetries: retries,
      agent: AGENT,
      // Attributes may have any name, as they are data and are never merged into objects.
      disablePrototypePoisoningProtection: true,
      ...(auth && { auth }),
    });
  }

  /**
   * Repeats a request while the server is away.
   * @throws SearchIndexUnavailableError once the time is over, or at once where the server refuses
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

  /** Runs work with the client, and translates its errors to the port's. */
  async ask<Answer>(work: (client: Client) => Promise<Answer>): Promise<Answer> {
    if (this.#isClosed) throw new SearchIndexUnavailableError('the search index is closed');
    try {
      return await work(this.client);
    } catch (error) {
      throw translated(error, this.host);
    }
  }

  /** Does the same for reads, whose caller gets an error in time; a later answer is dropped. */
  async answered<Answer>(work: (client: Client) => Promise<Answer>): Promise<Answer> {
    const late = new SearchIndexUnavailableError(`the search index at ${this.host} does not answer in time`);
    return inTime(this.ask(work), this.#answerMs, () => Promise.reject(late));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await inTime(this.client.close(), CLOSING_MS, () => Promise.resolve());
  }
}

function inTime<Answer>(work: Promise<Answer>, milliseconds: number, late: () => Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => late().then(resolve, reject), milliseconds);
    work.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}
