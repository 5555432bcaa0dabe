import { setImmediate } from 'node:timers/promises';
import type { ReadModelStore, StoredDocument } from '../../infra/read-model-store/index.js';
import type { DocumentQuery } from '../../infra/shared/document-query.js';
import type { Keyset, Span } from '../shared/index.js';

const BATCH = 500;

interface Scan<Doc> {
  readonly collection: string;
  readonly index: string;
  readonly range: DocumentQuery['range'];
  /** Makes the values of the index's fields. */
  readonly keyOf: (doc: Doc) => Keyset;
}

/** All documents of an index between two bounds, in its order. */
export async function* documentsIn<Doc>(store: ReadModelStore, scan: Scan<Doc>): AsyncGenerator<StoredDocument<Doc>> {
  const { collection, index, range, keyOf } = scan;
  const bounds = range === undefined ? {} : { range };
  for (let after: Keyset | undefined; ;) {
    const place = after === undefined ? {} : { after };
    const found = await store.find<Doc>(collection, { index, ...bounds, ...place, limit: BATCH });
    yield* found;
    const last = found.at(-1);
    if (last === undefined || found.length < BATCH) return;
    after = [...keyOf(last.doc), last.id];
    // Embedded stores answer without giving way: between batches other requests get their turn.
    await setImmediate();
  }
}

/** The bounds of a span for a field that begins a time with so many characters of `YYYY-MM-DDTHH:MM`. */
export function rangeOf({ from, to }: Span, length: number): DocumentQuery['range'] {
  if (from === undefined && to === undefined) return undefined;
  return {
    ...(from === undefined ? {} : { gte: from.slice(0, length) }),
    ...(to === undefined ? {} : { lte: to.slice(0, length) }),
  };
}
