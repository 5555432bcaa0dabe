import { categoryOf } from '../../infra/event-store/category.js';
import type { EventFilter, EventStore, Position, RecordedEvent } from '../../infra/event-store/index.js';
import { Handover } from './handover.js';

/** What of the log is asked for. */
export interface FeedRequest {
  /** Exclusive; null is the beginning. */
  readonly from: Position | null;
  readonly stream?: string | undefined;
  readonly category?: string | undefined;
  readonly type?: string | undefined;
}

/** The matching events up to `head` (inclusive), in the order of the log. */
export async function* pastEvents(
  log: EventStore,
  request: FeedRequest,
  head: Position,
): AsyncGenerator<RecordedEvent, void> {
  const { from, stream, category, type } = request;
  const events =
    stream === undefined
      ? log.readAll({ from, filter: filterOf(request) })
      : log.read(stream, { from: await revisionAfter(log, stream, from) });
  for await (const event of events) {
    if (event.position > head) return;
    const matches =
      (type ?? event.type) === event.type && (category ?? categoryOf(event.stream)) === categoryOf(event.stream);
    if (matches) yield event;
  }
}

/**
 * Pages of matching events after `from`, as they are recorded. Holds two pages at most: the log is read on when the one
 * before was taken. Ends when the signal says so.
 */
export async function* liveEvents(
  log: EventStore,
  request: FeedRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly RecordedEvent[], void> {
  const pages = new Handover<readonly RecordedEvent[]>();
  const stop = (): void => pages.close();
  signal.addEventListener('abort', stop);
  const subscription = log.subscribe(
    { from: request.from, filter: filterOf(request) },
    {
      onEvents: (events) => (events.length === 0 ? undefined : pages.give(events)),
      onError: (error) => pages.fail(error),
    },
  );
  try {
    while (!signal.aborted) {
      const page = await pages.take();
      if (page !== null) yield page;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    pages.close();
    await subscription.close();
  }
}

const filterOf = ({ stream, category, type }: FeedRequest): EventFilter => ({
  ...(stream === undefined ? {} : { streams: [stream] }),
  ...(category === undefined ? {} : { categories: [category] }),
  ...(type === undefined ? {} : { types: [type] }),
});

/** The first revision of a stream after a position, by bisection: a long stream is not read from its beginning. */
async function revisionAfter(log: EventStore, stream: string, position: Position | null): Promise<number> {
  if (position === null) return 0;
  let low = 0;
  let high = ((await firstOf(log.read(stream, { direction: 'backwards', limit: 1 })))?.revision ?? -1) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const event = await firstOf(log.read(stream, { from: middle, limit: 1 }));
    if (event !== undefined && event.position <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function firstOf(events: AsyncIterable<RecordedEvent>): Promise<RecordedEvent | undefined> {
  for await (const event of events) return event;
  return undefined;
}
