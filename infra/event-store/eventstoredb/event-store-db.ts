import { WrongExpectedRevisionError } from '../errors.js';
import { withIds } from '../event-ids.js';
import type {
  Appended,
  EventStore,
  EventText,
  EventToAppend,
  ExpectedRevision,
  LogRange,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  SubscribeOptions,
  Subscription,
  SubscriptionHandler,
  TypeCount,
} from '../event-store.js';
import { textOf } from '../event-text.js';
import { TypeTally } from '../type-tally.js';
import type { LogImporter } from '../log-importer.js';
import type { Accepted, LogKeeper } from '../log-register.js';
import type { Position } from '../../shared/position.js';
import { appendAnywhere } from './append-anywhere.js';
import { checkBatch, revisionBefore } from './append-batch.js';
import type { Appender } from './appender.js';
import { closed, readOnly, unavailable } from './errors.js';
import { matcherOf } from '../filter-matcher.js';
import { findCommand } from './find-command.js';
import { allPages, paged, streamPages } from './log-pages.js';
import { LogSubscription } from './log-subscription.js';
import type { LogEnd } from './log-end.js';
import type { LogTail } from './log-tail.js';
import type { PageReader } from './page-reader.js';
import { BEGINNING } from './positions.js';
import type { Acceptance } from './log-id.js';
import type { SameLog } from './same-log.js';
import { orLate } from './within.js';

export interface StoreParts {
  readonly logId: string;
  readonly sameLog: SameLog;
  readonly reader: PageReader;
  readonly tail: LogTail;
  readonly end: LogEnd;
  /** Null where the store is opened for reading alone. */
  readonly appender: Appender | null;
  readonly register: Register;
  /** Whether the user may append; null where nothing is appended. */
  readonly tryToWrite: (() => Promise<void>) | null;
  /** How long appends under way are waited for at the end, milliseconds. */
  readonly finishMs: number;
  /** Ends what still waits for the server, and lets go of it. */
  readonly release: () => Promise<void>;
}

/** What is recorded of the log as a whole. */
export interface Register {
  accepted(what: Accepted): Promise<Position | null>;
  restored(): Promise<string>;
  accept(acceptance: Acceptance): Promise<void>;
}

export class EventStoreDb implements EventStore, LogImporter, LogKeeper {
  readonly logId: string;
  readonly #subscriptions = new Set<LogSubscription>();
  readonly #appends = new Set<Promise<Appended>>();
  #closing: Promise<void> | null = null;

  constructor(private readonly parts: StoreParts) {
    this.logId = parts.logId;
  }

  append(stream: string, given: readonly EventToAppend[], expected: ExpectedRevision): Promise<Appended> {
    return this.#accept(async (appender) => {
      const events = withIds(given);
      checkBatch(stream, events);
      if (expected === 'any') return appendAnywhere({ appender, reader: this.parts.reader }, stream, events);
      return appender.append({ stream, events, expected, after: revisionBefore(expected), recordedAt: null });
    });
  }

  readonly chain = null;
  /** Several streams at once are for servers of a later protocol (`multiStreamAppend`, KurrentDB 25.1). */
  readonly joint = false;

  appendAll(): Promise<readonly Appended[]> {
    return Promise.reject(new TypeError('EventStoreDB appends to one stream at a time'));
  }

  async importRecorded(
    stream: string,
    events: readonly RecordedEvent[],
    expected: number | 'no-stream',
  ): Promise<void> {
    const after = revisionBefore(expected);
    const astray = events.find(({ revision }, index) => revision !== after + 1 + index);
    if (astray !== undefined) throw new WrongExpectedRevisionError(stream, expected, astray.revision - 1);
    const recordedAt = events.map(({ at }) => at);
    await this.#accept(async (appender) => {
      checkBatch(stream, events);
      return appender.append({ stream, events, expected, after, recordedAt });
    });
  }

  read(stream: string, options: ReadStreamOptions = {}): AsyncIterable<RecordedEvent> {
    return paged(() => streamPages(this.parts.reader, stream, options));
  }

  readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
    return paged(() => allPages(this.parts.reader, options));
  }

  async *readTexts(options: ReadAllOptions = {}): AsyncGenerator<readonly EventText[], void> {
    for await (const page of allPages(this.parts.reader, options)) yield page.map(textOf);
  }

  findCommand(stream: string, commandId: string): Promise<readonly RecordedEvent[]> {
    return findCommand(this.parts.reader, stream, commandId);
  }

  subscribe(options: SubscribeOptions, handler: SubscriptionHandler): Subscription {
    if (this.#closing !== null) throw closed();
    const { reader, tail } = this.parts;
    const subscription: LogSubscription = new LogSubscription({
      reader,
      tail,
      handler,
      matches: matcherOf(options.filter ?? {}),
      from: options.from ?? BEGINNING,
      onEnd: () => this.#subscriptions.delete(subscription),
    });
    this.#subscriptions.add(subscription);
    return subscription;
  }

  async head(): Promise<Position | null> {
    const newest = await this.parts.end.find();
    return newest === BEGINNING ? null : (newest as Position);
  }

  /** The server knows no times, so it is looked for from the end, which is what readers of recent events are near. */
  async positionBefore(time: string): Promise<Position | null> {
    for await (const { at, position } of this.readAll({ direction: 'backwards' })) if (at < time) return position;
    return null;
  }

  async countTypes({ after, upTo }: LogRange): Promise<readonly TypeCount[]> {
    const tally = new TypeTally();
    for await (const page of allPages(this.parts.reader, { from: after })) {
      tally.addEvents(page.filter(({ position }) => position <= upTo));
      if ((page.at(-1)?.position ?? '') >= upTo) break;
    }
    return tally.counts();
  }

  accepted(what: Accepted): Promise<Position | null> {
    return this.parts.register.accepted(what).catch((error: unknown) => {
      throw unavailable('say what was accepted of the log', error);
    });
  }

  markRestored(): Promise<string> {
    return this.parts.register.restored().catch((error: unknown) => {
      throw unavailable('record that the log was restored', error);
    });
  }

  async accept(what: Accepted): Promise<void> {
    const position = await this.head();
    if (position === null) return;
    await this.parts.register.accept({ what, position }).catch((error: unknown) => {
      throw unavailable('record what is accepted of the log', error);
    });
  }

  async ping(): Promise<void> {
    if (this.#closing !== null) throw closed();
    try {
      await this.parts.sameLog.look();
      await this.parts.tryToWrite?.();
    } catch (error) {
      throw unavailable('answer', error);
    }
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #accept(work: (appender: Appender) => Promise<Appended>): Promise<Appended> {
    const { appender } = this.parts;
    if (appender === null) throw readOnly();
    if (this.#closing !== null) throw closed();
    const appending = work(appender);
    this.#appends.add(appending);
    try {
      return await appending;
    } finally {
      this.#appends.delete(appending);
    }
  }

  async #close(): Promise<void> {
    await orLate(Promise.allSettled(this.#appends), this.parts.finishMs);
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.close()));
    await this.parts.release();
  }
}
