import type { EventFilter, ReadAllOptions, ReadStreamOptions, RecordedEvent } from '../event-store.js';
import { matcherOf, type Matcher } from '../filter-matcher.js';
import { mergedByPosition } from './merged-streams.js';
import type { FilteredPages, PageReader } from './page-reader.js';
import { assertPosition, BEGINNING } from './positions.js';
import { serverFilterOf } from './server-filter.js';

type Pages = AsyncGenerator<readonly RecordedEvent[]>;

const PAGE = 512;
/** So many streams are read one by one and merged; more of them are looked for in the whole log. */
const MERGED_STREAMS = 64;

/** Events page by page; each iteration reads anew. */
export const paged = (pages: () => Pages): AsyncIterable<RecordedEvent> => ({
  async *[Symbol.asyncIterator]() {
    for await (const page of pages()) yield* page;
  },
});

export async function* streamPages(reader: PageReader, stream: string, options: ReadStreamOptions): Pages {
  const { direction = 'forwards', limit = Infinity } = options;
  let from: number | 'end' = options.from ?? (direction === 'forwards' ? 0 : 'end');
  for (let left = limit; left > 0;) {
    const page = await reader.stream(stream, { from, direction, count: Math.min(left, PAGE) });
    left -= page.events.length;
    from = page.next;
    yield page.events.map(({ event }) => event);
    if (page.isLast) return;
  }
}

export function allPages(reader: PageReader, options: ReadAllOptions): Pages {
  const { filter = {}, direction, from = null } = options;
  assertPosition(from);
  const matches = matcherOf(filter);
  if (matches === null) return scannedPages(reader, options, matches);
  if (isEmpty(filter)) return noPages();
  const { streams } = filter;
  if (streams !== undefined && streams.length <= MERGED_STREAMS) return mergedPages(reader, options, matches);
  const serverFilter = serverFilterOf(filter);
  // The server can filter in one direction only.
  if (direction === 'backwards' || serverFilter === null) return scannedPages(reader, options, matches);
  return filteredPages(reader.filtered(from ?? BEGINNING, serverFilter), matches, options.limit);
}

const isEmpty = ({ streams, categories, types, actors, correlationIds }: EventFilter): boolean =>
  [streams, categories, types, actors, correlationIds].some((list) => list?.length === 0);

async function* noPages(): Pages {}

async function* filteredPages(pages: FilteredPages, matches: Matcher, limit = Infinity): Pages {
  try {
    for (let left = limit; left > 0;) {
      const page = await pages.page();
      const matching = page.events.map(({ event }) => event).filter(matches);
      yield matching.length > left ? matching.slice(0, left) : matching;
      left -= matching.length;
      if (page.isLast) return;
    }
  } finally {
    pages.close();
  }
}

async function* scannedPages(reader: PageReader, options: ReadAllOptions, matches: Matcher | null): Pages {
  const { direction = 'forwards', limit = Infinity } = options;
  let from: string = options.from ?? (direction === 'forwards' ? BEGINNING : 'end');
  for (let left = limit; left > 0;) {
    const count = matches === null ? Math.min(left, PAGE) : PAGE;
    const page = await reader.log({ from, direction, count });
    const events = page.events.map(({ event }) => event);
    const matching = matches === null ? events : events.filter(matches);
    yield matching.length > left ? matching.slice(0, left) : matching;
    left -= matching.length;
    from = page.next;
    if (page.isLast) return;
  }
}

async function* mergedPages(reader: PageReader, options: ReadAllOptions, matches: Matcher | null): Pages {
  const { direction = 'forwards', from = null, filter, limit = Infinity } = options;
  const open = (stream: string) => paged(() => streamPages(reader, stream, { direction }));
  let left = limit;
  if (left <= 0) return;
  for await (const event of mergedToEnd(reader, streamsOf(filter).map(open), direction)) {
    if (from !== null && (direction === 'forwards' ? event.position <= from : event.position >= from)) continue;
    if (matches !== null && !matches(event)) continue;
    yield [event];
    left -= 1;
    if (left <= 0) return;
  }
}

/**
 * Streams are read one beside the other while others append: what comes after the end that the log has now is left out of all of
 * them alike, so that no event is missing before one that is there.
 */
async function* mergedToEnd(
  reader: PageReader,
  sources: readonly AsyncIterable<RecordedEvent>[],
  direction: 'forwards' | 'backwards',
): AsyncGenerator<RecordedEvent> {
  const end = sources.length > 1 ? await endOf(reader) : null;
  for await (const event of mergedByPosition(sources, direction)) {
    if (end === null || event.position <= end) yield event;
    else if (direction === 'forwards') return;
  }
}

const endOf = async (reader: PageReader): Promise<string> =>
  (await reader.log({ from: 'end', direction: 'backwards', count: 1 })).next;

const streamsOf = (filter: EventFilter | undefined): readonly string[] => [...new Set(filter?.streams ?? [])];
