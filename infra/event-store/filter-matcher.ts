import { categoryOf } from './category.js';
import type { EventFilter, RecordedEvent } from './event-store.js';

export type Matcher = (event: Pick<RecordedEvent, 'stream' | 'type'>) => boolean;

/** The filter as a predicate; null when it lets everything through. */
export function matcherOf({ streams, categories, types }: EventFilter): Matcher | null {
  if (streams === undefined && categories === undefined && types === undefined) return null;
  const [inStreams, inCategories, inTypes] = [setOf(streams), setOf(categories), setOf(types)];
  return ({ stream, type }) =>
    (inTypes === null || inTypes.has(type)) &&
    (inStreams === null || inStreams.has(stream)) &&
    (inCategories === null || inCategories.has(categoryOf(stream)));
}

const setOf = (list: readonly string[] | undefined): ReadonlySet<string> | null =>
  list === undefined ? null : new Set(list);
