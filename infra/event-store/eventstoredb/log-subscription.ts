import type { RecordedEvent, Subscription, SubscriptionHandler } from '../event-store.js';
import { serverBackOff } from './retry.js';
import type { Matcher } from '../filter-matcher.js';
import type { Follower, LogTail } from './log-tail.js';
import type { PageReader } from './page-reader.js';
import { assertPosition } from './positions.js';

const PAGE = 512;

export interface SubscriptionParts {
  readonly reader: PageReader;
  readonly tail: LogTail;
  readonly matches: Matcher | null;
  /** Exclusive. */
  readonly from: string;
  readonly handler: SubscriptionHandler;
  readonly onEnd: (subscription: LogSubscription) => void;
}

/**
 * Follows the log page by page, from the tail where that continues the last position, else by reading. It sees all events, and filters
 * them here, so that its position moves with the log: the server reports the progress of its own filters only every so many events.
 */
export class LogSubscription implements Subscription, Follower {
  readonly #run: Promise<void>;
  /** Everything up to here has been handed over; may be the place of a system event. */
  #cursor: string;
  readonly #closing = new AbortController();
  readonly #backOff = serverBackOff(this.#closing.signal);
  #isLive = false;
  #awake: (() => void) | null = null;
  #refusal: { readonly error: unknown } | null = null;

  constructor(private readonly parts: SubscriptionParts) {
    this.#cursor = parts.from;
    parts.tail.follow(this);
    this.#run = this.#follow();
  }

  wake(): void {
    this.#awake?.();
    this.#awake = null;
  }

  refuse(error: unknown): void {
    this.#refusal = { error };
    this.wake();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.wake();
    await this.#run;
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  async #follow(): Promise<void> {
    // The caller gets its subscription before the handler is first called.
    await Promise.resolve();
    try {
      assertPosition(this.#cursor);
      while (!this.#isClosed) {
        if (this.#refusal !== null) throw this.#refusal.error;
        await this.#step();
      }
    } catch (error) {
      if (!this.#isClosed) this.parts.handler.onError(error);
      this.#closing.abort();
    } finally {
      this.parts.tail.leave(this);
      this.parts.onEnd(this);
    }
  }

  async #step(): Promise<void> {
    const recent = this.parts.tail.recent?.after(this.#cursor, PAGE) ?? null;
    if (recent === null) return this.#catchUp();
    if (recent.length === 0) return this.#rest();
    if ((this.parts.tail.recent?.countAfter(this.#cursor) ?? 0) > PAGE) this.#isLive = false;
    await this.#handOver(recent);
  }

  async #catchUp(): Promise<void> {
    this.#isLive = false;
    const { tail, reader } = this.parts;
    const { signal } = this.#closing;
    const page = await reader.log({ from: this.#cursor, direction: 'forwards', count: PAGE }, signal);
    if (this.#isClosed) return;
    if (page.events.length > 0) await this.#handOver(page.events.map(({ event }) => event));
    const hasMoved = page.next !== this.#cursor || page.events.length > 0;
    this.#cursor = page.next;
    if (hasMoved) this.#backOff.reset();
    // This is the end of the log, and the tail does not continue it yet: its start is still being found or read.
    else if (tail.recent === null) await this.#sleep();
    else await this.#backOff.next();
  }

  async #handOver(events: readonly RecordedEvent[]): Promise<void> {
    const { matches, handler } = this.parts;
    const upTo = events.at(-1)?.position;
    if (upTo === undefined) return;
    await handler.onEvents(matches === null ? events : events.filter(matches), upTo);
    this.#cursor = upTo;
  }

  async #rest(): Promise<void> {
    const { tail, handler } = this.parts;
    if (!tail.isLive) this.#isLive = false;
    else if (!this.#isLive && this.#cursor >= tail.newest) {
      this.#isLive = true;
      handler.onCaughtUp?.();
    }
    // The log may have grown during the call.
    if (this.#isClosed || this.#cursor < (tail.recent?.end ?? '')) return;
    await this.#sleep();
  }

  #sleep(): Promise<void> {
    return new Promise((resolve) => (this.#awake = resolve));
  }
}
