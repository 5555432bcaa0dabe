import type { EventFilter } from './event-filter.js';
import { READ_BATCH_SIZE } from './event-filter.js';
import type { EventLog } from './event-log.js';
import type { Position } from './position.js';
import { at, END, isBefore, latest, START } from './position.js';
import { assertReadable } from './read-position.js';
import type { AllRequest, ReadRequest, StreamRequest } from './read-request.js';
import { streamDeleted } from './rpc-errors.js';
import type { StoredEvent } from './stored-event.js';

export interface SubscriptionPage {
  readonly events: readonly StoredEvent[];
  readonly checkpoint?: Position;
  /** Nothing is left to read: the subscription goes live. */
  readonly isEnd: boolean;
}

/** What a subscription sends next. Sending is the subscription's part, so this never waits. */
export interface SubscriptionSource {
  /** The start lies at or after the head, so that there is nothing to catch up with. */
  readonly startsLive: boolean;
  /** Events written and not yet taken. */
  readonly pending: number;
  /** Back to pages, from what was last sent; answers the checkpoint that says so. */
  fallBehind(): Position | undefined;
  nextPage(): SubscriptionPage;
  /** The next event or checkpoint, both where an event completes the interval; undefined at the head. */
  nextLive(): { readonly event?: StoredEvent; readonly checkpoint?: Position } | undefined;
}

export function sourceOf(log: EventLog, request: ReadRequest): SubscriptionSource {
  return request.kind === 'stream' ? new StreamSource(log, request) : new AllSource(log, request);
}

/** $all, after a position. Filtered ones carry checkpoints, unfiltered ones none. */
class AllSource implements SubscriptionSource {
  readonly startsLive: boolean;
  readonly #log: EventLog;
  readonly #filter: EventFilter | undefined;
  #index: number;
  /** The last event or checkpoint sent on. */
  #sent: Position;
  /** Where the last page ended, as the reader words it: the next record's offset with prepare 0. */
  #pageStart: Position;
  #considered = 0;
  /** No checkpoint is sent twice, and none goes back. */
  #lastCheckpoint: Position = START;

  constructor(log: EventLog, { position, filter }: AllRequest) {
    const head = at(log.all.at(-1)?.position ?? -1);
    assertReadable(log, position);
    this.#log = log;
    this.#filter = filter;
    this.#sent = isBefore(position, END) ? position : head;
    this.#pageStart = this.#sent;
    this.startsLive = !isBefore(this.#sent, head);
    this.#index = this.startsLive ? log.all.length : log.indexFrom(this.#sent.commit);
  }

  get pending(): number {
    return this.#log.all.length - this.#index;
  }

  fallBehind(): Position | undefined {
    this.#pageStart = this.#sent;
    this.#considered = 0;
    return this.#filter === undefined ? undefined : this.#checkpointAt(this.#sent);
  }

  nextPage(): SubscriptionPage {
    const window = this.#filter?.searchWindow ?? READ_BATCH_SIZE;
    const from = this.#pageStart;
    const events: StoredEvent[] = [];
    let considered = 0;
    let isEnd = false;
    while (events.length < READ_BATCH_SIZE && considered < window) {
      const event = this.#log.all[this.#index];
      if (event === undefined) {
        isEnd = true;
        break;
      }
      this.#index += 1;
      considered += 1;
      if (this.#takes(event)) events.push(event);
    }
    const last = events.at(-1);
    if (last !== undefined) this.#sent = at(last.position);
    this.#pageStart = { commit: this.#log.all[this.#index]?.position ?? this.#log.nextPosition, prepare: 0 };
    return this.#withCheckpoint({ events, isEnd }, from, considered);
  }

  nextLive(): { readonly event?: StoredEvent; readonly checkpoint?: Position } | undefined {
    const event = this.#log.all[this.#index];
    if (event === undefined) return undefined;
    this.#index += 1;
    const taken = this.#takes(event);
    if (taken) this.#sent = at(event.position);
    const result = taken ? { event } : {};
    if (this.#filter === undefined) return result;
    this.#considered += 1;
    if (this.#considered < this.#filter.checkpointInterval) return result;
    this.#considered = 0;
    if (isBefore(at(event.position), this.#sent)) return result;
    this.#sent = at(event.position);
    const checkpoint = this.#checkpointAt(this.#sent);
    return checkpoint === undefined ? result : { ...result, checkpoint };
  }

  #takes(event: StoredEvent): boolean {
    return isBefore(this.#sent, at(event.position)) && (this.#filter === undefined || this.#filter.allows(event));
  }

  /** A checkpoint says where the page began, not where it ended: what the last page found out is not in it. */
  #withCheckpoint(page: SubscriptionPage, from: Position, considered: number): SubscriptionPage {
    if (this.#filter === undefined) return page;
    this.#considered += considered;
    if (!page.isEnd && this.#considered < this.#filter.checkpointInterval) return page;
    this.#considered = page.isEnd ? 0 : this.#considered % this.#filter.checkpointInterval;
    this.#sent = latest(this.#sent, from);
    const checkpoint = this.#checkpointAt(this.#sent);
    return checkpoint === undefined ? page : { ...page, checkpoint };
  }

  #checkpointAt(position: Position): Position | undefined {
    if (!isBefore(this.#lastCheckpoint, position)) return undefined;
    this.#lastCheckpoint = position;
    return position;
  }
}

/** One stream, after a revision. It need not exist yet. */
class StreamSource implements SubscriptionSource {
  readonly startsLive: boolean;
  readonly #log: EventLog;
  readonly #stream: string;
  #next: number;

  constructor(log: EventLog, { stream, revision }: StreamRequest) {
    const length = log.stream(stream)?.events.length ?? 0;
    this.#log = log;
    this.#stream = stream;
    this.#next = Number.isFinite(revision) ? revision + 1 : length;
    this.startsLive = !Number.isFinite(revision) || this.#next > length;
  }

  get pending(): number {
    return Math.max(0, (this.#log.stream(this.#stream)?.events.length ?? 0) - this.#next);
  }

  fallBehind(): undefined {
    return undefined;
  }

  nextPage(): SubscriptionPage {
    const events: StoredEvent[] = [];
    while (events.length < READ_BATCH_SIZE) {
      const event = this.nextLive()?.event;
      if (event === undefined) return { events, isEnd: true };
      events.push(event);
    }
    return { events, isEnd: false };
  }

  nextLive(): { readonly event?: StoredEvent } | undefined {
    const state = this.#log.stream(this.#stream);
    if (state?.isTombstoned) throw streamDeleted(this.#stream);
    this.#next = Math.max(this.#next, state?.firstVisible ?? 0);
    const event = state?.events[this.#next];
    if (event === undefined) return undefined;
    this.#next += 1;
    return { event };
  }
}
