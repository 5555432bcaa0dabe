import type { ReadAllOptions, ReadStreamOptions } from '../event-store.js';
import { toRecorded, type CommittedEvent } from './committed-event.js';
import type { LogReader } from './log-reader.js';
import type { Page, PageReader } from './paged-events.js';

const PAGE = 512;
/** Most events that one filtered read looks at. */
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
    return pageOf(rows, rows.length < most || left <= 0);
  };
}

/** The log as it is when the reading begins: what is added meanwhile is for subscriptions. */
export function allPages(reader: LogReader, options: ReadAllOptions): PageReader {
  const { filter = {} } = options;
  const backwards = options.direction === 'backwards';
  const isFiltered = filter.types !== undefined || filter.categories !== undefined;
  const from = options.from === undefined || options.from === null ? null : Number(options.from);
  let after = backwards ? 0 : (from ?? 0);
  let upTo = backwards && from !== null ? from - 1 : reader.head();
  let left = options.limit ?? Number.MAX_SAFE_INTEGER;
  return () => {
    const most = Math.min(PAGE, left);
    const width = isFiltered && filter.streams === undefined ? WINDOW : Number.MAX_SAFE_INTEGER;
    const window = backwards
      ? { after: Math.max(after, upTo - width), upTo, most, backwards }
      : { after, upTo: Math.min(upTo, after + width), most, backwards };
    const rows = filter.streams === undefined ? reader.scan(filter, window) : reader.streams(filter, window);
    left -= rows.length;
    const isFull = rows.length === most;
    if (backwards) upTo = isFull ? (rows.at(-1)?.position ?? 0) - 1 : window.after;
    else after = isFull ? (rows.at(-1)?.position ?? 0) : window.upTo;
    return pageOf(rows, left <= 0 || after >= upTo);
  };
}

const pageOf = (rows: readonly CommittedEvent[], isLast: boolean): Page => ({ events: rows.map(toRecorded), isLast });
