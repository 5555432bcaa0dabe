import type { EventFilter, LogRange, ReadAllOptions, ReadStreamOptions, TypeCount } from '../event-store.js';
import { toRecorded, type CommittedEvent } from './committed-event.js';
import type { LogReader, LogWindow } from './log-reader.js';
import type { PageReader } from './paged-events.js';

const PAGE = 512;
/** The most events that one filtered read scans. */
const WINDOW = 8_192;

export function streamPages(reader: LogReader, stream: string, options: ReadStreamOptions): PageReader {
  const backwards = options.direction === 'backwards';
  let from = options.from ?? (backwards ? Number.MAX_SAFE_INTEGER : 0);
  let left = options.limit ?? Number.MAX_SAFE_INTEGER;
  return () => {
    const most = Math.min(PAGE, left);
    const rows = reader.stream(stream, from, { most, backwards });
    left -= rows.length;
    from = (rows.at(-1)?.revision ?? 0) + (backwards ? -1 : 1);
    return { events: rows.map(toRecorded), isLast: rows.length < most || left <= 0 };
  };
}

/** Reads the log up to its end at the beginning of the read, in the wanted form; later events are for subscriptions. */
export function allPages<Event>(
  reader: LogReader,
  options: ReadAllOptions,
  as: (event: CommittedEvent) => Event,
): PageReader<Event> {
  const { filter = {} } = options;
  const backwards = options.direction === 'backwards';
  const from = options.from === undefined || options.from === null ? null : Number(options.from);
  let after = backwards ? 0 : (from ?? 0);
  let upTo = backwards && from !== null ? from - 1 : reader.head();
  let left = options.limit ?? Number.MAX_SAFE_INTEGER;
  const width = widthOf(filter);
  return () => {
    const most = Math.min(PAGE, left);
    const lower = backwards ? Math.max(after, upTo - width) : after;
    const upper = backwards ? upTo : Math.min(upTo, after + width);
    const rows = readWindow(reader, filter, { after: lower, upTo: upper, most, backwards });
    left -= rows.length;
    // A full page ends at its last row, and not at the requested bound.
    const last = rows.length === most ? rows.at(-1)?.position : undefined;
    if (backwards) upTo = last === undefined ? lower : last - 1;
    else after = last ?? upper;
    return { events: rows.map(as), isLast: left <= 0 || after >= upTo };
  };
}

/** Counts types in windows, each of which takes some milliseconds. */
export function typeCountPages(reader: LogReader, range: LogRange): PageReader<TypeCount> {
  const upTo = Number(range.upTo);
  let after = Number(range.after ?? 0);
  return () => {
    const end = Math.min(upTo, after + WINDOW);
    const events = reader.countTypes(after, end);
    after = end;
    return { events, isLast: after >= upTo };
  };
}

/** Computes how many positions one read scans; with a filter it may scan many events to find a few. */
const widthOf = (filter: EventFilter): number =>
  filter.streams === undefined && [filter.types, filter.categories, filter.actors, filter.correlationIds].some(isGiven)
    ? WINDOW
    : Number.MAX_SAFE_INTEGER;

const isGiven = (list: readonly string[] | undefined): boolean => list !== undefined;

const readWindow = (reader: LogReader, filter: EventFilter, window: LogWindow): CommittedEvent[] =>
  filter.streams === undefined ? reader.scan(filter, window) : reader.streams(filter, window);
