import type { EventFilter } from '../event-store.js';
import type { ServerFilter } from './read-messages.js';

/** How many events the server looks at before it says how far it has come. */
const WINDOW = 2_048;

/**
 * What the server can leave out by itself: it takes one condition, on types or on streams, by prefix. It lets through
 * more than the filter, never less. Null where that would not be worth while.
 */
export function serverFilterOf({ streams, categories, types }: EventFilter): ServerFilter | null {
  if (types !== undefined) return { on: 'types', matching: { prefixes: types }, window: WINDOW };
  const prefixes = categories ?? streams;
  return prefixes === undefined ? null : { on: 'streams', matching: { prefixes }, window: WINDOW };
}
