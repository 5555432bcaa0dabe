import { type Position, positionOfNumber } from '../../../shared/position.js';
import { textOf, TypeTally } from '../../../event-store/index.js';
import type {
  Appended,
  EventStore,
  EventText,
  LogRange,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  SubscribeOptions,
  Subscription,
  SubscriptionHandler,
  TypeCount,
} from '../../../event-store/index.js';
import type { JsonObject } from '../../../../domain/shared/index.js';

export interface ScriptedEvent {
  readonly stream: string;
  readonly type: string;
  readonly data: JsonObject;
}

const METADATA = { commandId: 'command', correlationId: 'correlation', causationId: null, actor: 'anonymous' };

/** A log in memory that hands over pages of the sizes that it is told; `pageSize` is asked for every page. */
export class ScriptedLog implements EventStore {
  readonly log: RecordedEvent[] = [];
  readonly #wakers = new Set<() => void>();

  constructor(
    private readonly pageSize: () => number = () => 512,
    readonly logId = 'log',
  ) {}

  add(...events: readonly ScriptedEvent[]): Position {
    for (const event of events) {
      const number = this.log.length + 1;
      this.log.push({
        ...structuredClone(event),
        id: `event-${number}`,
        revision: this.log.filter(({ stream }) => stream === event.stream).length,
        position: positionOfNumber(number),
        at: new Date(Date.UTC(2026, 10, 5, 12, 0, number)).toISOString(),
        metadata: METADATA,
      });
    }
    for (const wake of this.#wakers) wake();
    return positionOfNumber(this.log.length);
  }

  subscribe({ from }: SubscribeOptions, handler: SubscriptionHandler): Subscription {
    const state = { isClosed: false, wake: (): void => undefined };
    const wake = (): void => state.wake();
    this.#wakers.add(wake);
    const run = this.#follow(Number(from ?? 0), handler, state);
    return {
      close: async () => {
        state.isClosed = true;
        wake();
        await run;
        this.#wakers.delete(wake);
      },
    };
  }

  async #follow(
    from: number,
    handler: SubscriptionHandler,
    state: { isClosed: boolean; wake: () => void },
  ): Promise<void> {
    await Promise.resolve();
    let at = from;
    try {
      while (!state.isClosed) {
        // A copy of its own for every reader, as from a disk.
        const page = structuredClone(this.log.slice(at, at + this.pageSize()));
        at += page.length;
        if (page.length > 0) await handler.onEvents(page, positionOfNumber(at));
        if (at < this.log.length || state.isClosed) continue;
        handler.onCaughtUp?.();
        if (state.isClosed) return;
        await new Promise<void>((resolve) => (state.wake = resolve));
      }
    } catch (error) {
      handler.onError(error);
    }
  }

  async *read(stream: string, { from = 0, limit = Infinity }: ReadStreamOptions = {}): AsyncGenerator<RecordedEvent> {
    const events = this.log.filter((event) => event.stream === stream && event.revision >= from);
    yield* structuredClone(events.slice(0, limit));
  }

  async *readAll({ from }: ReadAllOptions = {}): AsyncGenerator<RecordedEvent> {
    yield* structuredClone(this.log.slice(Number(from ?? 0)));
  }

  async *readTexts({ from }: ReadAllOptions = {}): AsyncGenerator<readonly EventText[]> {
    yield this.log.slice(Number(from ?? 0)).map(textOf);
  }

  async head(): Promise<Position | null> {
    return this.log.at(-1)?.position ?? null;
  }

  async positionBefore(time: string): Promise<Position | null> {
    return this.log.findLast(({ at }) => at < time)?.position ?? null;
  }

  readonly joint = false;
  readonly chain = null;

  appendAll(): Promise<readonly Appended[]> {
    return this.append().then((appended) => [appended]);
  }

  append(): Promise<Appended> {
    throw new Error('a scripted log is told its events with `add`');
  }

  async findCommand(): Promise<readonly RecordedEvent[]> {
    return [];
  }

  async countTypes({ after, upTo }: LogRange): Promise<readonly TypeCount[]> {
    const tally = new TypeTally();
    tally.addEvents(this.log.slice(Number(after ?? 0), Number(upTo)));
    return tally.counts();
  }

  async ping(): Promise<void> {}

  async close(): Promise<void> {}
}
