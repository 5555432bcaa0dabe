import type { RecordedEvent } from '../event-store.js';

export interface Page<Event = RecordedEvent> {
  /** Events of the page; none where the filter left all out. */
  readonly events: readonly Event[];
  readonly isLast: boolean;
}

export type PageReader<Event = RecordedEvent> = () => Page<Event>;

/** Reads page by page, with a turn of the event loop in between. */
export async function* pagesOf<Event>(readPage: PageReader<Event>): AsyncGenerator<readonly Event[], void> {
  for (;;) {
    const { events, isLast } = readPage();
    yield events;
    if (isLast) return;
    await nextTurn();
  }
}

/** Iterates page by page, with a turn of the event loop in between; each iteration reads anew. */
export class PagedEvents implements AsyncIterable<RecordedEvent> {
  constructor(private readonly open: () => PageReader) {}

  [Symbol.asyncIterator](): AsyncIterator<RecordedEvent> {
    return new PagedIterator(this.open());
  }
}

class PagedIterator implements AsyncIterator<RecordedEvent> {
  #page: readonly RecordedEvent[] = [];
  #next = 0;
  #started = false;
  #done = false;

  constructor(private readonly readPage: PageReader) {}

  next(): Promise<IteratorResult<RecordedEvent>> {
    const value = this.#page[this.#next];
    if (value === undefined) return this.#advance();
    this.#next += 1;
    return Promise.resolve({ value, done: false });
  }

  return(): Promise<IteratorResult<RecordedEvent>> {
    this.#done = true;
    this.#page = [];
    return Promise.resolve({ value: undefined, done: true });
  }

  async #advance(): Promise<IteratorResult<RecordedEvent>> {
    while (!this.#done) {
      if (this.#started) await nextTurn();
      this.#started = true;
      const page = this.readPage();
      this.#done = page.isLast;
      const [value] = page.events;
      if (value === undefined) continue;
      this.#page = page.events;
      this.#next = 1;
      return { value, done: false };
    }
    return { value: undefined, done: true };
  }
}

export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
