import type { EventFilter, RecordedEvent, Subscription, SubscriptionHandler } from '../event-store.js';
import { positionOfNumber } from '../../shared/position.js';
import type { CommitFeed, Follower } from './commit-feed.js';
import { toRecorded, type CommittedEvent } from './committed-event.js';
import { matcherOf } from '../filter-matcher.js';
import type { LogReader } from './log-reader.js';
import { nextTurn } from './paged-events.js';

const PAGE = 512;
/** The most events that one filtered read scans. */
const WINDOW = 8_192;

export interface SubscriptionParts {
  readonly reader: LogReader;
  readonly feed: CommitFeed;
  readonly filter: EventFilter;
  /** Exclusive; 0 is the beginning. */
  readonly from: number;
  readonly handler: SubscriptionHandler;
  readonly onEnd: (subscription: LogSubscription) => void;
}

/** Follows the log page by page, from the feed's tail where that continues the last position, else by reading. */
export class LogSubscription implements Subscription, Follower {
  readonly #matches;
  readonly #run: Promise<void>;
  #position: number;
  #isClosed = false;
  #isLive = false;
  #awake: (() => void) | null = null;

  constructor(private readonly parts: SubscriptionParts) {
    this.#position = parts.from;
    this.#matches = matcherOf(parts.filter);
    parts.feed.follow(this);
    this.#run = this.#follow();
  }

  wake(): void {
    this.#awake?.();
    this.#awake = null;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.wake();
    await this.#run;
  }

  async #follow(): Promise<void> {
    // The caller gets its subscription before the handler is first called.
    await Promise.resolve();
    try {
      while (!this.#isClosed) {
        if (this.#position < this.parts.feed.head) await this.#handOver();
        else await this.#rest();
      }
    } catch (error) {
      this.#isClosed = true;
      this.parts.handler.onError(error);
    } finally {
      this.parts.feed.leave(this);
      this.parts.onEnd(this);
    }
  }

  async #handOver(): Promise<void> {
    const pushed = this.parts.feed.tail.after(this.#position, PAGE);
    const { events, upTo } = pushed === null ? this.#read() : this.#take(pushed);
    if (this.parts.feed.head - this.#position > PAGE) this.#isLive = false;
    await this.parts.handler.onEvents(events, positionOfNumber(upTo));
    this.#position = upTo;
    if (pushed === null) await nextTurn();
  }

  async #rest(): Promise<void> {
    if (!this.#isLive) {
      this.#isLive = true;
      this.parts.handler.onCaughtUp?.();
    }
    // The log may have grown during the call above, or in the handler.
    if (this.#isClosed || this.#position < this.parts.feed.head) return;
    await new Promise<void>((resolve) => (this.#awake = resolve));
  }

  #take(pushed: readonly CommittedEvent[]): { events: RecordedEvent[]; upTo: number } {
    const matching = this.#matches === null ? pushed : pushed.filter(this.#matches);
    return { events: matching.map(toRecorded), upTo: pushed.at(-1)?.position ?? this.#position };
  }

  #read(): { events: RecordedEvent[]; upTo: number } {
    const { reader, feed, filter } = this.parts;
    const bound = this.#matches === null ? feed.head : Math.min(feed.head, this.#position + WINDOW);
    const rows = reader.scan(filter, { after: this.#position, upTo: bound, most: PAGE, backwards: false });
    // A full page ends at its last row, and not at the requested bound.
    const upTo = rows.length < PAGE ? bound : (rows.at(-1)?.position ?? bound);
    return { events: rows.map(toRecorded), upTo };
  }
}
