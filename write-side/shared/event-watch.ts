import { LRUCache } from 'lru-cache';
import type { Position } from '../../infra/shared/position.js';
import { BackOff, type Wait } from '../../infra/shared/back-off.js';
import type { EventStore, RecordedEvent, Subscription } from '../../infra/event-store/index.js';

/** Tells callers of an event on a stream, whether it came shortly before they asked or comes after. */
export interface EventWatch {
  /** The first event of one of these types on the stream; null when none came in time. */
  next(stream: string, types: readonly string[], timeoutMs: number): Promise<RecordedEvent | null>;
}

interface Waiter {
  readonly types: readonly string[];
  readonly tell: (event: RecordedEvent | null) => void;
}

export interface WatchOptions {
  /** The event types that anybody may wait for. */
  readonly types: readonly string[];
  /** Sees every event of the log from now on. */
  readonly onEvent: (event: RecordedEvent) => void;
  /** The log is not followed for a moment: what is recorded meanwhile is told as soon as it is followed again. */
  readonly onError: (error: unknown) => void;
  /** Waits before it is followed again; default: Node's timers. */
  readonly wait?: Wait;
}

/** Streams whose watched events are remembered for callers that ask a little late. */
const REMEMBERED_STREAMS = 2_000;

const BACK_OFF = { firstMs: 100, longestMs: 5_000 };

/** An event watch over everything that is appended from now on, by this process or another. */
export class LogWatch implements EventWatch {
  private readonly waiters = new Map<string, Set<Waiter>>();
  private readonly recent = new LRUCache<string, RecordedEvent[]>({ max: REMEMBERED_STREAMS });
  private readonly types: ReadonlySet<string>;
  private subscription: Subscription | null = null;
  /** What was handed over last. */
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

  /** Whether the log is followed; not between an error and the first that comes after it. */
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

  /** Nobody is told that nothing came: who waits goes on waiting, as the event may come when the log is followed again. */
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
