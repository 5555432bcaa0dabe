import { setImmediate } from 'node:timers/promises';
import type { DocumentQuery } from '../../infra/shared/document-query.js';
import type { ReadModelStore, StoredDocument } from '../../infra/read-model-store/index.js';
import type { Keyset } from './keyset.js';

/** A scan of an index, with the filters that the index cannot decide. */
export interface PageScan<Doc> {
  readonly collection: string;
  readonly query: Omit<DocumentQuery, 'after' | 'limit'>;
  readonly after: Keyset | undefined;
  readonly limit: number;
  /** Decides whether a document belongs to the list; absent where every document of the range does. */
  readonly accepts?: ((doc: Doc) => boolean) | undefined;
  /** Makes the keyset of a document in this index. */
  readonly keyOf: (found: StoredDocument<Doc>) => Keyset;
}

export interface ScannedPage<Doc> {
  readonly documents: readonly Doc[];
  /** Where the next page begins; null after the last. */
  readonly next: Keyset | null;
}

const BATCH = 500;
/** The most documents scanned for one page: with a filter that rarely matches, the page ends early and its cursor continues there. */
export const MOST_SCANNED = 20_000;

export async function scanPage<Doc>(store: ReadModelStore, scan: PageScan<Doc>): Promise<ScannedPage<Doc>> {
  const { collection, accepts, limit } = scan;
  const batch = accepts === undefined ? limit + 1 : Math.max(BATCH, limit + 1);
  const documents: Doc[] = [];
  let last = scan.after;
  for (let scanned = 0; scanned < MOST_SCANNED; scanned += batch) {
    // Embedded stores answer synchronously, so other requests get their turn between batches.
    if (scanned > 0) await setImmediate();
    const query: DocumentQuery = { ...scan.query, ...(last === undefined ? {} : { after: last }), limit: batch };
    const found = await store.find<Doc>(collection, query);
    for (const one of found) {
      if (accepts !== undefined && !accepts(one.doc)) {
        last = scan.keyOf(one);
        continue;
      }
      // `last` is the last document of the full page: this one is the first of the next.
      if (documents.length === limit) return { documents, next: last ?? null };
      documents.push(one.doc);
      last = scan.keyOf(one);
    }
    if (found.length < batch) return { documents, next: null };
  }
  return { documents, next: last ?? null };
}
