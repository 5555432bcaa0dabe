import { categoryOf } from '../../infra/event-store/category.js';
import { matcherOf } from '../../infra/event-store/filter-matcher.js';
import { textOf } from '../../infra/event-store/index.js';
import type { Position } from '../../infra/shared/position.js';
import type { EventFilter, EventStore, EventText, RecordedEvent } from '../../infra/event-store/index.js';
import { Channel } from './channel.js';

/** The range and filter of a read of the log. */
export interface FeedRequest {
  /** Exclusive; null is the beginning. */
  readonly from: Position | null;
  readonly stream?: string | undefined;
  readonly category?: string | undefined;
  readonly type?: string | undefined;
  /** As the log has it. */
  readonly actor?: string | undefined;
  readonly correlationId?: string | undefined;
  /** Decides which of the events that match all the rest are answered; absent where all of them are. */
  readonly accepts?: Accepts | undefined;
  /** Most events. */
  readonly limit?: number | undefined;
}

/** A filter on what the store has no filter for. */
export type Accepts = (event: Pick<RecordedEvent, 'at' | 'metadata'>) => boolean;

type Pages = AsyncGenerator<readonly EventText[], void>;

/** Pages of the matching events up to `head` (inclusive), in the order of the log. */
export async function* pastEvents(log: EventStore, request: FeedRequest, head: Position): Pages {
  const pages = request.stream === undefined ? ofLog(log, request) : ofStream(log, request, request.stream);
  for await (const page of pages) {
    const isPast = (page.at(-1)?.position ?? head) > head;
    yield accepted(isPast ? page.filter(({ position }) => position <= head) : page, request);
    if (isPast) return;
  }
}

const accepted = <Event extends Parameters<Accepts>[0]>(
  page: readonly Event[],
  { accepts }: FeedRequest,
): readonly Event[] => (accepts === undefined ? page : page.filter(accepts));

function ofLog(log: EventStore, request: FeedRequest): AsyncIterable<readonly EventText[]> {
  const { from, limit, accepts } = request;
  // What the store counts is before this filter.
  const most = limit === undefined || accepts !== undefined ? {} : { limit };
  return log.readTexts({ from, filter: filterOf(request), ...most });
}

/** By the stream's own revisions. */
async function* ofStream(log: EventStore, { from, ...filters }: FeedRequest, stream: string): Pages {
  const matches = matcherOf(filterOf(filters)) ?? (() => true);
  if (filters.category !== undefined && filters.category !== categoryOf(stream)) return;
  for await (const event of log.read(stream, { from: await revisionAfter(log, stream, from) })) {
    if (matches(event)) yield [textOf(event)];
  }
}

/**
 * Yields pages of matching events after `from`, as they are recorded. It holds two pages at most: the next is read when the
 * one before was received. Ends when the signal aborts.
 */
export async function* liveEvents(log: EventStore, request: FeedRequest, signal: AbortSignal): Pages {
  const pages = new Channel<readonly RecordedEvent[]>();
  const stop = (): void => pages.close();
  signal.addEventListener('abort', stop);
  const subscription = log.subscribe(
    { from: request.from, filter: filterOf(request) },
    {
      onEvents: (events) => (events.length === 0 ? undefined : pages.send(events)),
      onError: (error) => pages.fail(error),
    },
  );
  try {
    while (!signal.aborted) {
      const page = await pages.receive();
      if (page !== null) yield accepted(page, request).map(textOf);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    pages.close();
    await subscription.close();
  }
}

const filterOf = ({ stream, category, type, actor, correlationId }: Omit<FeedRequest, 'from'>): EventFilter => ({
  ...(stream === undefined ? {} : { streams: [stream] }),
  ...(category === undefined ? {} : { categories: [category] }),
  ...(type === undefined ? {} : { types: [type] }),
  ...(actor === undefined ? {} : { actors: [actor] }),
  ...(correlationId === undefined ? {} : { correlationIds: [correlationId] }),
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
