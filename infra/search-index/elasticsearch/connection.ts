import { Client } from '@elastic/elasticsearch';
import { SearchIndexUnavailableError } from '../search-index.js';
import { isAway, translated } from './driver-errors.js';

const REQUEST_TIMEOUT_MS = 10_000;
const RETRIES = 2;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 3_000;
const WAIT_AT_OPEN_MS = 30_000;

export interface ConnectionOptions {
  /** `http://` or `https://`, with `user:password@` where the server wants one. */
  readonly url: string;
  /** Instead of user and password. */
  readonly apiKey?: string;
  /** How long a server that is away is waited for; default 30 s. */
  readonly waitAtOpenMs?: number;
}

/** A client with its host, and the port's errors. */
export class Connection {
  readonly client: Client;
  /** Without credentials. */
  readonly host: string;
  #isClosed = false;

  constructor({ url, apiKey }: ConnectionOptions) {
    const { host, username, password, origin, pathname } = new URL(url);
    const user = { username: decodeURIComponent(username), password: decodeURIComponent(password) };
    const auth = apiKey === undefined ? (username === '' ? undefined : user) : { apiKey };
    this.host = host;
    this.client = new Client({
      node: `${origin}${pathname}`,
      requestTimeout: REQUEST_TIMEOUT_MS,
      maxRetries: RETRIES,
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

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.client.close();
  }
}
