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
} from './event-store.js';
import { parsedText, textOf } from './event-text.js';
import type { LogChain } from './chain/log-chain.js';
import type { Position } from '../shared/position.js';

type Passed = RecordedEvent | Promise<RecordedEvent>;
type Page = readonly RecordedEvent[];

/**
 * An event store around another one that changes events on their way out. Everything passes as it is, and a page without
 * a changed event is not copied, because every event of every reader comes through here.
 */
export abstract class EventStoreDecorator implements EventStore {
  protected constructor(protected readonly inner: EventStore) {}

  /** Whether an event of this type may change on its way out; one that may not is never looked at. */
  protected changes(_type: string): boolean {
    return true;
  }

  /** What the reader gets for a stored event of a type that may change: the very same object where nothing does. */
  protected abstract onRead(event: RecordedEvent): Passed;

  /** The same for an event whose data are text; parses it. */
  protected async onText(text: EventText): Promise<EventText> {
    const event = parsedText(text);
    const passed = await this.onRead(event);
    return passed === event ? text : textOf(passed);
  }

  /** The filter that finds in the inner store what the caller's filter means. */
  protected innerFilter(filter: EventFilter): EventFilter {
    return filter;
  }

  get logId(): string {
    return this.inner.logId;
  }

  append(stream: string, events: readonly EventToAppend[], expectedRevision: ExpectedRevision): Promise<Appended> {
    return this.inner.append(stream, events, expectedRevision);
  }

  get chain(): LogChain | null {
    return this.inner.chain;
  }

  get joint(): boolean {
    return this.inner.joint;
  }

  appendAll(batches: readonly StreamBatch[]): Promise<readonly Appended[]> {
    return this.inner.appendAll(batches);
  }

  read(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent> {
    return this.#passEach(this.inner.read(stream, options));
  }

  readAll(options: ReadAllOptions = {}): AsyncIterable<RecordedEvent> {
    return this.#passEach(this.inner.readAll(this.#withInnerFilter(options)));
  }

  async *readTexts(options: ReadAllOptions = {}): AsyncGenerator<readonly EventText[], void> {
    for await (const page of this.inner.readTexts(this.#withInnerFilter(options))) yield await this.#passTexts(page);
  }

  async findCommand(stream: string, commandId: string): Promise<Page> {
    return this.passAll(await this.inner.findCommand(stream, commandId));
  }

  subscribe(options: SubscribeOptions, handler: SubscriptionHandler): Subscription {
    return this.inner.subscribe(this.#withInnerFilter(options), {
      onEvents: (events, upTo) => {
        const page = this.passAll(events);
        return page instanceof Promise
          ? page.then((passed) => handler.onEvents(passed, upTo))
          : handler.onEvents(page, upTo);
      },
      onCaughtUp: () => handler.onCaughtUp?.(),
      onError: (error) => handler.onError(error),
    });
  }

  head(): Promise<Position | null> {
    return this.inner.head();
  }

  positionBefore(time: string): Promise<Position | null> {
    return this.inner.positionBefore(time);
  }

  countTypes(range: LogRange): Promise<readonly TypeCount[]> {
    return this.inner.countTypes(range);
  }

  ping(): Promise<void> {
    return this.inner.ping();
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  protected passAll(events: Page): Page | Promise<Page> {
    for (let index = 0; index < events.length; index += 1) {
      const event = events[index];
      if (event === undefined || !this.changes(event.type)) continue;
      const passed = this.onRead(event);
      if (passed !== event) return this.#copy(events, index, passed);
    }
    return events;
  }

  async #copy(events: Page, unchanged: number, firstChanged: Passed): Promise<Page> {
    const page = events.slice(0, unchanged);
    page.push(await firstChanged);
    for (const event of events.slice(unchanged + 1)) {
      const passed = this.#pass(event);
      page.push(passed instanceof Promise ? await passed : passed);
    }
    return page;
  }

  async #passTexts(page: readonly EventText[]): Promise<readonly EventText[]> {
    const texts = [...page];
    for (const [index, text] of page.entries()) {
      if (this.changes(text.type)) texts[index] = await this.onText(text);
    }
    return texts;
  }

  #pass(event: RecordedEvent): Passed {
    return this.changes(event.type) ? this.onRead(event) : event;
  }

  #withInnerFilter<Options extends { readonly filter?: EventFilter }>(options: Options): Options {
    return options.filter === undefined ? options : { ...options, filter: this.innerFilter(options.filter) };
  }

  #passEach(events: AsyncIterable<RecordedEvent>): AsyncIterable<RecordedEvent> {
    return { [Symbol.asyncIterator]: () => new PassingIterator(events, (event) => this.#pass(event)) };
  }
}

/** By hand, as an async generator around another one costs three turns of the queue an event instead of one. */
class PassingIterator implements AsyncIterator<RecordedEvent, undefined> {
  readonly #events: AsyncIterator<RecordedEvent>;
  readonly #step: (result: IteratorResult<RecordedEvent>) => Result | Promise<Result>;

  constructor(events: AsyncIterable<RecordedEvent>, onRead: (event: RecordedEvent) => Passed) {
    this.#events = events[Symbol.asyncIterator]();
    this.#step = (result) => {
      if (result.done === true) return FINISHED;
      const passed = onRead(result.value);
      if (passed === result.value) return result;
      return passed instanceof Promise ? passed.then(found) : found(passed);
    };
  }

  next(): Promise<Result> {
    return this.#events.next().then(this.#step);
  }

  async return(): Promise<Result> {
    await this.#events.return?.();
    return FINISHED;
  }
}

type Result = IteratorResult<RecordedEvent, undefined>;
const FINISHED: Result = { done: true, value: undefined };
const found = (value: RecordedEvent): Result => ({ done: false, value });
