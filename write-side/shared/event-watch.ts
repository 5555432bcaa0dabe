import { LRUCache } from 'lru-cache';
import type { Position } from '../../infra/shared/position.js';
import { BackOff, type Wait } from '../../infra/shared/back-off.js';
import type { EventStore, RecordedEvent, Subscription } from '../../infra/event-store/index.js';

/** Lets callers wait for an event of a stream, also for one that was recorded shortly before they ask. */
export interface EventWatch {
  /** Resolves with the first event of one of these types on the stream; null when none is recorded in time. */
  next(stream: string, types: readonly string[], timeoutMs: number): Promise<RecordedEvent | null>;
}

interface Waiter {
  readonly types: readonly string[];
  readonly tell: (event: RecordedEvent | null) => void;
}

export interface WatchOptions {
  /** The event types that callers may wait for. */
  readonly types: readonly string[];
  /** Gets every event of the log from now on. */
  readonly onEvent: (event: RecordedEvent) => void;
  /** Called when the subscription fails; events that are recorded meanwhile are handed over once the log is followed again. */
  readonly onError: (error: unknown) => void;
  /** Waits before the log is followed again; Node's timers where it is left out. */
  readonly wait?: Wait;
}

/** How many streams have their watched events kept for callers that ask a little late. */
const REMEMBERED_STREAMS = 2_000;

const BACK_OFF = { firstMs: 100, longestMs: 5_000 };

/** Watches everything that is appended from now on, by this process or another. */
export class LogWatch implements EventWatch {
  private readonly waiters = new Map<string, Set<Waiter>>();
  private readonly recent = new LRUCache<string, RecordedEvent[]>({ max: REMEMBERED_STREAMS });
  private readonly types: ReadonlySet<string>;
  private subscription: Subscription | null = null;
  /** Position of the last event that was handed over. */
  private position: Position | null = null;
  private hasFailed = false;
  private readonly closing = new AbortController();
  private readonly backOff: BackOff;

  constructor(
    private readonly store: EventStore,
    private readonly options: WatchOptions,
  ) {
    const { types, wait } = options;
    this.types = new Set(types);
    this.backOff = new BackOff({ ...BACK_OFF, signal: this.closing.signal, ...(wait && { wait }) });
  }

  async start(): Promise<void> {
    this.position = await this.store.head();
    this.follow();
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.subscription?.close();
    this.giveUp();
  }

  /** Whether the log is followed; false from an error to the next event or the end of the log. */
  get isFollowing(): boolean {
    return this.subscription !== null && !this.hasFailed;
  }

  next(stream: string, types: readonly string[], timeoutMs: number): Promise<RecordedEvent | null> {
    const seen = this.recent.get(stream)?.find((event) => types.includes(event.type));
    if (seen !== undefined) return Promise.resolve(seen);
    return new Promise((resolve) => {
      const timer = setTimeout(() => tell(null), timeoutMs);
      const tell = (event: RecordedEvent | null): void => {
        clearTimeout(timer);
        this.forget(stream, waiter);
        resolve(event);
      };
      const waiter: Waiter = { types, tell };
      const waiting = this.waiters.get(stream);
      if (waiting === undefined) this.waiters.set(stream, new Set([waiter]));
      else waiting.add(waiter);
    });
  }

  private follow(): void {
    try {
      this.subscription = this.store.subscribe(
        { from: this.position },
        {
          onEvents: (events, upTo) => {
            for (const event of events) this.see(event);
            this.position = upTo;
            this.recovered();
          },
          onCaughtUp: () => this.recovered(),
          onError: (error) => void this.followAgain(error),
        },
      );
    } catch (error) {
      void this.followAgain(error);
    }
  }

  /** Follows the log again after a pause. Callers go on waiting, as their event may come then. */
  private async followAgain(error: unknown): Promise<void> {
    this.subscription = null;
    if (this.closing.signal.aborted) return;
    this.hasFailed = true;
    this.options.onError(error);
    if (await this.backOff.next()) this.follow();
  }

  private recovered(): void {
    this.hasFailed = false;
    this.backOff.reset();
  }

  private see(event: RecordedEvent): void {
    this.options.onEvent(event);
    if (!this.types.has(event.type)) return;
    this.remember(event);
    for (const waiter of this.waiters.get(event.stream) ?? []) {
      if (waiter.types.includes(event.type)) waiter.tell(event);
    }
  }

  private remember(event: RecordedEvent): void {
    const known = this.recent.get(event.stream);
    if (known !== undefined) known.push(event);
    else this.recent.set(event.stream, [event]);
  }

  private forget(stream: string, waiter: Waiter): void {
    const waiting = this.waiters.get(stream);
    waiting?.delete(waiter);
    if (waiting?.size === 0) this.waiters.delete(stream);
  }

  private giveUp(): void {
    for (const waiting of Array.from(this.waiters.values())) for (const waiter of waiting) waiter.tell(null);
  }
}
