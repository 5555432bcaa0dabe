import { EventIdConflictError, WrongExpectedRevisionError } from '../errors.js';
import { withIds, type IdentifiedEvent } from '../event-ids.js';
import type {
  Appended,
  EventFilter,
  EventStore,
  EventText,
  EventToAppend,
  ExpectedRevision,
  LogRange,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  StreamBatch,
  SubscribeOptions,
  Subscription,
  SubscriptionHandler,
  TypeCount,
} from '../event-store.js';
import { textOf } from '../event-text.js';
import { matcherOf } from '../filter-matcher.js';
import { TypeTally } from '../type-tally.js';
import { positionOfNumber } from '../../shared/position.js';
import type { Position } from '../../shared/position.js';

/** A log in memory, as simple as can be, to test decorators around a store; `log` shows what they recorded. */
export class MemoryEventStore implements EventStore {
  readonly logId = 'memory';
  readonly log: RecordedEvent[] = [];
  /** Readers of the whole log that have neither come to its end nor gone away. */
  openReads = 0;
  readonly #subscriptions = new Set<(events: readonly RecordedEvent[]) => void>();

  readonly joint = true;
  readonly chain = null;

  async append(stream: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<Appended> {
    const [appended] = await this.appendAll([{ stream, events, expectedRevision: expected }]);
    if (appended === undefined) throw new Error('an append without an answer');
    return appended;
  }

  async appendAll(batches: readonly StreamBatch[]): Promise<readonly Appended[]> {
    const before = this.log.length;
    try {
      const appended = batches.map((batch) => this.#append(batch));
      for (const { events } of appended) for (const hand of this.#subscriptions) hand(events);
      return appended;
    } catch (error) {
      this.log.length = before;
      throw error;
    }
  }

  #append({ stream, events: given, expectedRevision: expected }: StreamBatch): Appended {
    const events = withIds(given);
    const before = this.log.filter((event) => event.stream === stream);
    const actual = before.length - 1;
    const again = before.filter(({ id }) => events.some((event) => event.id === id));
    if (again.length === events.length) return this.#repeated(stream, events, again);
    if (expected !== 'any' && (expected === 'no-stream' ? -1 : expected) !== actual)
      throw new WrongExpectedRevisionError(stream, expected, actual);
    const recorded = events.map((event, index) => ({
      ...structuredClone(event),
      stream,
      revision: actual + 1 + index,
      position: positionOfNumber(this.log.length + 1 + index),
      at: '2026-11-02T10:00:00.000Z',
    }));
    this.log.push(...recorded);
    return { revision: actual + events.length, position: positionOfNumber(this.log.length), events: recorded };
  }

  async *read(stream: string, { from = 0, limit }: ReadStreamOptions = {}): AsyncGenerator<RecordedEvent> {
    yield* this.log.filter((event) => event.stream === stream && event.revision >= from).slice(0, limit);
  }

  async *readAll({ filter = {} }: ReadAllOptions = {}): AsyncGenerator<RecordedEvent> {
    this.openReads += 1;
    try {
      yield* this.log.filter((event) => matches(event, filter));
    } finally {
      this.openReads -= 1;
    }
  }

  async *readTexts({ filter = {} }: ReadAllOptions = {}): AsyncGenerator<readonly EventText[]> {
    yield this.log.filter((event) => matches(event, filter)).map(textOf);
  }

  async findCommand(stream: string, commandId: string): Promise<readonly RecordedEvent[]> {
    return this.log.filter((event) => event.stream === stream && event.metadata.commandId === commandId);
  }

  subscribe({ filter = {} }: SubscribeOptions, handler: SubscriptionHandler): Subscription {
    let work = Promise.resolve();
    const hand = (events: readonly RecordedEvent[]): void => {
      const page = events.filter((event) => matches(event, filter));
      const upTo = events.at(-1)?.position;
      if (upTo === undefined) return;
      work = work.then(() => handler.onEvents(page, upTo)).catch((error: unknown) => handler.onError(error));
    };
    hand([...this.log]);
    work = work.then(() => handler.onCaughtUp?.());
    this.#subscriptions.add(hand);
    return {
      close: async () => {
        this.#subscriptions.delete(hand);
        await work;
      },
    };
  }

  async head(): Promise<Position | null> {
    return this.log.at(-1)?.position ?? null;
  }

  async positionBefore(time: string): Promise<Position | null> {
    return this.log.findLast(({ at }) => at < time)?.position ?? null;
  }

  async countTypes({ after, upTo }: LogRange): Promise<readonly TypeCount[]> {
    const tally = new TypeTally();
    tally.addEvents(this.log.filter(({ position }) => position > (after ?? '') && position <= upTo));
    return tally.counts();
  }

  async ping(): Promise<void> {}

  async close(): Promise<void> {}

  #repeated(stream: string, events: readonly IdentifiedEvent[], again: readonly RecordedEvent[]): Appended {
    const last = again.at(-1);
    if (last === undefined) throw new Error('an empty batch');
    events.forEach((event, index) => {
      const known = again[index];
      if (
        known?.id !== event.id ||
        known.type !== event.type ||
        JSON.stringify(known.data) !== JSON.stringify(event.data)
      )
        throw new EventIdConflictError(stream, event.id);
    });
    return { revision: last.revision, position: last.position, events: [] };
  }
}

const matches = (event: RecordedEvent, filter: EventFilter): boolean => matcherOf(filter)?.(event) ?? true;
