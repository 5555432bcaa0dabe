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
  readonly onError: (error: unknown) => void;
}

/** How many watched events are remembered for callers that ask a little late. */
const REMEMBERED = 10_000;

/** An event watch over everything that is appended from now on, by this process or another. */
export class LogWatch implements EventWatch {
  private readonly waiters = new Map<string, Set<Waiter>>();
  private readonly recent = new Map<string, RecordedEvent[]>();
  private readonly types: ReadonlySet<string>;
  private subscription: Subscription | null = null;

  constructor(
    private readonly store: EventStore,
    private readonly options: WatchOptions,
  ) {
    this.types = new Set(options.types);
  }

  async start(): Promise<void> {
    const from = await this.store.head();
    this.subscription = this.store.subscribe(
      { from },
      {
        onEvents: (events) => {
          for (const event of events) this.see(event);
        },
        onError: (error) => {
          this.options.onError(error);
          this.giveUp();
        },
      },
    );
  }

  async close(): Promise<void> {
    await this.subscription?.close();
    this.giveUp();
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
    if (this.recent.size <= REMEMBERED) return;
    const oldest = this.recent.keys().next();
    if (!oldest.done) this.recent.delete(oldest.value);
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
