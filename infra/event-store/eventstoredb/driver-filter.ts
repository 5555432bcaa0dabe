import { eventTypeFilter, streamNameFilter, type Filter } from '@eventstore/db-client';
import type { EventFilter } from '../event-store.js';

/** How many events the server looks at before it says how far it has come. */
const SEARCH_WINDOW = 2_048;

/**
 * What the server can leave out by itself: it takes one condition, on types or on streams, by prefix. It lets through
 * more than the filter, never less. Null where that would not be worth while.
 */
export function driverFilterOf({ streams, categories, types }: EventFilter): Filter | null {
  const options = { maxSearchWindow: SEARCH_WINDOW };
  if (types !== undefined) return eventTypeFilter({ ...options, prefixes: [...types] });
  const prefixes = categories ?? streams;
  return prefixes === undefined ? null : streamNameFilter({ ...options, prefixes: [...prefixes] });
}
