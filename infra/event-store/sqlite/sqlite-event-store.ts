import { StoreUnavailableError } from '../../shared/store-errors.js';
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
  StreamBatch,
  SubscribeOptions,
  Subscription,
  SubscriptionHandler,
  TypeCount,
} from '../event-store.js';
import type { LogChain } from '../chain/log-chain.js';
import { TypeTally } from '../type-tally.js';
import type { Accepted, LogRegister } from '../log-register.js';
import { positionOfNumber, type Position } from '../../shared/position.js';
import type { CommitFeed } from './commit-feed.js';
import { toRecorded, toText } from './committed-event.js';
import type { GroupCommit } from './group-commit.js';
import { allPages, streamPages, typeCountPages } from './log-pages.js';
import type { LogReader } from './log-reader.js';
import { PagedEvents, pagesOf, type PageReader } from './paged-events.js';
import { messageOf } from '../../sqlite/index.js';
import { LogSubscription } from './subscription.js';

export interface StoreParts {
  readonly logId: string;
  readonly reader: LogReader;
  readonly chain: LogChain;
  readonly feed: CommitFeed;
  /** Null where the store is opened for reading only. */
  readonly write: { readonly thread: { close(): Promise<void> }; readonly queue: GroupCommit } | null;
}

export class SqliteEventStore implements EventStore, LogRegister {
  readonly logId: string;
  readonly #subscriptions = new Set<LogSubscription>();
  #closing: Promise<void> | null = null;

  constructor(private readonly parts: StoreParts) {
    this.logId = parts.logId;
  }

  readonly joint = true;

  get chain(): LogChain {
    return this.parts.chain;
  }

  async append(
    stream: string,
    events: readonly EventToAppend[],
    expectedRevision: ExpectedRevision,
  ): Promise<Appended> {
    const [appended] = await this.appendAll([{ stream, events, expectedRevision }]);
    if (appended === undefined) throw new Error('an append without an answer');
    return appended;
  }

  appendAll(batches: readonly StreamBatch[]): Promise<readonly Appended[]> {
    const { write } = this.parts;
    if (write === null) return Promise.reject(new StoreUnavailableError('the event store is opened for reading alone'));
    return write.queue.append(batches);
  }

  read(stream: string, options: ReadStreamOptions = {}): AsyncIterable<RecordedEvent> {
    return new PagedEvents(
      () => this.#justAppended(stream, options) ?? streamPages(this.parts.reader, stream, options),
    );
  }

  readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
    return new PagedEvents(() => allPages(this.parts.reader, options, toRecorded));
  }

  readTexts(options: ReadAllOptions = {}): AsyncIterable<readonly EventText[]> {
    return pagesOf(allPages(this.parts.reader, options, toText));
  }

  async findCommand(stream: string, commandId: string): Promise<readonly RecordedEvent[]> {
    return this.parts.reader.command(stream, commandId).map(toRecorded);
  }

  subscribe(options: SubscribeOptions, handler: SubscriptionHandler): Subscription {
    const { reader, feed } = this.parts;
    const subscription: LogSubscription = new LogSubscription({
      reader,
      feed,
      handler,
      filter: options.filter ?? {},
      from: Number(options.from ?? 0),
      onEnd: () => this.#subscriptions.delete(subscription),
    });
    this.#subscriptions.add(subscription);
    return subscription;
  }

  async head(): Promise<Position | null> {
    const head = this.parts.reader.head();
    return head === 0 ? null : positionOfNumber(head);
  }

  async positionBefore(time: string): Promise<Position | null> {
    const position = this.parts.reader.lastBefore(Date.parse(time));
    return position === 0 ? null : positionOfNumber(position);
  }

  async countTypes({ after, upTo }: LogRange): Promise<readonly TypeCount[]> {
    const tally = new TypeTally();
    for await (const counts of pagesOf(typeCountPages(this.parts.reader, { after, upTo }))) tally.add(counts);
    return tally.counts();
  }

  async accepted(what: Accepted): Promise<Position | null> {
    const position = this.parts.reader.accepted(what);
    return position === 0 ? null : positionOfNumber(position);
  }

  async ping(): Promise<void> {
    const unavailable = this.parts.write?.queue.unavailable ?? null;
    if (unavailable !== null) throw new StoreUnavailableError(unavailable);
    try {
      this.parts.reader.head();
    } catch (error) {
      throw new StoreUnavailableError(`the event store cannot be read: ${messageOf(error)}`, { cause: error });
    }
  }

  /** Takes a single recent event of this thread from the tail without reading, as sagas ask for events that they were told of. */
  #justAppended(stream: string, { from, limit, direction }: ReadStreamOptions): PageReader | null {
    if (limit !== 1 || from === undefined || direction === 'backwards') return null;
    const event = this.parts.feed.tail.find(stream, from);
    return event === null ? null : () => ({ events: [toRecorded(event)], isLast: true });
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    const { write, reader } = this.parts;
    await write?.queue.close();
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.close()));
    // The writer closes last, as the last connection moves the write-ahead log into the file; not so after a failure.
    if (write?.queue.isPoisoned === true) await write.thread.close();
    reader.close();
    await write?.thread.close();
  }
}
