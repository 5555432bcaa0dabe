import type { FindOneOptions } from 'mongodb';
import type { CollectionLayout } from './collection-layout.js';
import { loadedOf, storedOf, WITHOUT_KEYS, type ContentRecord, type Documents } from './document-record.js';
import { findQuery, type FindQuery } from './find-query.js';
import type { DocumentQuery } from '../../shared/document-query.js';
import type { LoadedDocument, StoredDocument } from '../../read-model-store/read-model-store.js';

/** A query that takes longer is given up by the server: its caller has gone. */
const MOST_MS = 20_000;

/** Reads one collection. One answer of the server is one page, so that no page is half of before and half of after. */
export class DocumentReader {
  constructor(
    private readonly documents: Documents,
    private readonly layout: CollectionLayout,
  ) {}

  get<Doc>(id: string): Promise<StoredDocument<Doc> | undefined> {
    return this.#get(id, { projection: WITHOUT_KEYS, maxTimeMS: MOST_MS });
  }

  /** What no fail-over undoes. */
  getDurable<Doc>(id: string): Promise<StoredDocument<Doc> | undefined> {
    return this.#get(id, { projection: WITHOUT_KEYS, maxTimeMS: MOST_MS, readConcern: { level: 'majority' } });
  }

  async #get<Doc>(id: string, options: FindOneOptions): Promise<StoredDocument<Doc> | undefined> {
    const record = await this.documents.findOne<ContentRecord>({ _id: id, doc: { $ne: null } }, options);
    return record === null ? undefined : storedOf<Doc>(record);
  }

  async getMany<Doc>(ids: readonly string[]): Promise<Map<string, StoredDocument<Doc>>> {
    const found = new Map<string, StoredDocument<Doc>>();
    for (const record of await this.#records(ids)) {
      if (record.doc !== null) found.set(record._id, storedOf<Doc>(record));
    }
    return found;
  }

  async load(ids: readonly string[]): Promise<Map<string, LoadedDocument>> {
    const found = new Map<string, LoadedDocument>();
    for (const record of await this.#records(ids)) found.set(record._id, loadedOf(record));
    return found;
  }

  async scan<Doc>(after: string, limit: number): Promise<StoredDocument<Doc>[]> {
    const query = { filter: { _id: { $gt: after }, doc: { $ne: null } }, sort: { _id: 1 } as const, unwind: null };
    return (await this.#page(query, limit)).map(storedOf<Doc>);
  }

  async find<Doc>(query: DocumentQuery): Promise<StoredDocument<Doc>[]> {
    return (await this.#page(findQuery(this.layout, query), query.limit)).map(storedOf<Doc>);
  }

  async #records(ids: readonly string[]): Promise<ContentRecord[]> {
    if (ids.length === 0) return [];
    const options = { projection: WITHOUT_KEYS, batchSize: ids.length + 1, maxTimeMS: MOST_MS };
    return this.documents.find<ContentRecord>({ _id: { $in: [...ids] } }, options).toArray();
  }

  async #page({ filter, sort, unwind }: FindQuery, limit: number): Promise<ContentRecord[]> {
    const options = { batchSize: limit + 1, maxTimeMS: MOST_MS };
    if (unwind === null) {
      return this.documents
        .find<ContentRecord>(filter, { ...options, projection: WITHOUT_KEYS, sort, limit })
        .toArray();
    }
    const stages = [
      { $match: { [unwind]: { $ne: null } } },
      { $unwind: `$${unwind}` },
      { $match: filter },
      { $sort: sort },
      { $limit: limit },
      { $project: WITHOUT_KEYS },
    ];
    return this.documents.aggregate<ContentRecord>(stages, options).toArray();
  }
}
