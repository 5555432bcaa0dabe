import { categoryOf } from './category.js';
import type { EventFilter, RecordedEvent } from './event-store.js';

export type Matcher = (event: Pick<RecordedEvent, 'stream' | 'type' | 'metadata'>) => boolean;

/** The filter as a predicate; null when it lets everything through. */
export function matcherOf(filter: EventFilter): Matcher | null {
  const conditions = [
    condition(filter.types, ({ type }) => type),
    condition(filter.streams, ({ stream }) => stream),
    condition(filter.categories, ({ stream }) => categoryOf(stream)),
    condition(filter.actors, ({ metadata }) => metadata.actor),
    condition(filter.correlationIds, ({ metadata }) => metadata.correlationId),
  ].filter((one) => one !== null);
  if (conditions.length === 0) return null;
  return (event) => conditions.every((holds) => holds(event));
}

function condition(list: readonly string[] | undefined, of: (event: Parameters<Matcher>[0]) => string): Matcher | null {
  if (list === undefined) return null;
  const wanted = new Set(list);
  return (event) => wanted.has(of(event));
}
