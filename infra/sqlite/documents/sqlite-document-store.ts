import type Database from 'better-sqlite3';
import {
  DocumentStoreUnavailableError,
  UnknownCollectionError,
  type DocumentChange,
  type DocumentCollection,
  type DocumentEntry,
  type DocumentPut,
  type DocumentStore,
} from '../../document-store/document-store.js';
import type { DocumentQuery, ScanOptions } from '../../shared/document-query.js';
import { translatedBy } from '../sqlite-errors.js';
import type { DocumentWriter } from './document-writer.js';
import { SqliteCollections } from './sqlite-collections.js';

/** The document store on one SQLite file, which may hold read models too. Calls are answered on the caller's thread. */
export class SqliteDocumentStore implements DocumentStore {
  readonly #collections: SqliteCollections;

  constructor(private readonly database: Database.Database) {
    this.#collections = new SqliteCollections(
      database,
      translatedBy('the document store', DocumentStoreUnavailableError),
    );
  }

  async ensure({ name, indexes }: DocumentCollection): Promise<void> {
    this.#collections.ensure({ name, version: 1, indexes });
  }

  async get<Doc>(collection: string, id: string): Promise<Doc | undefined> {
    return this.#collections.read(collection, undefined, (reader) => reader.get<Doc>(id)?.doc);
  }

  async getMany<Doc>(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, Doc>> {
    const found = this.#collections.read(collection, null, (reader) => reader.getMany<Doc>(ids));
    return new Map([...(found ?? [])].map(([id, { doc }]) => [id, doc]));
  }

  async find<Doc>(collection: string, query: DocumentQuery): Promise<readonly DocumentEntry<Doc>[]> {
    return this.#collections.read(collection, [], (reader) => reader.find<Doc>(query).map(entryOf));
  }

  async scan<Doc>(collection: string, { after = '', limit }: ScanOptions): Promise<readonly DocumentEntry<Doc>[]> {
    return this.#collections.read(collection, [], (reader) => reader.scan<Doc>(after, limit).map(entryOf));
  }

  async put(collection: string, puts: readonly DocumentPut[]): Promise<void> {
    this.#write(collection, (writer) => putAll(writer, puts));
  }

  async compareAndSet(collection: string, { id, expected, next }: DocumentChange): Promise<boolean> {
    return this.#write(collection, (writer) => writer.compareAndSet(id, expected, next));
  }

  async clear(collection: string): Promise<void> {
    this.#write(collection, (writer) => writer.clear());
  }

  async ping(): Promise<void> {
    this.#collections.answer(() => this.#collections.catalog.checkpoint(''));
  }

  async close(): Promise<void> {
    this.database.close();
  }

  /** Tried again where the collection was indexed anew by another process: it lies in another table then. */
  #write<Answer>(collection: string, work: (writer: DocumentWriter) => Answer): Answer {
    try {
      return this.#writeOnce(collection, work);
    } catch (error) {
      if (!(error instanceof UnknownCollectionError)) throw error;
      return this.#writeOnce(collection, work);
    }
  }

  #writeOnce<Answer>(collection: string, work: (writer: DocumentWriter) => Answer): Answer {
    return this.#collections.write(() =>
      this.#collections.writeTo(
        collection,
        ({ writer }) => work(writer),
        () => new UnknownCollectionError(collection),
      ),
    );
  }
}

/** Within a transaction. */
export function putAll(writer: DocumentWriter, puts: readonly DocumentPut[]): void {
  for (const { id, doc, version } of puts) {
    if (version === undefined) writer.writeAlways({ id, position: '', doc });
    else writer.writeGuarded({ id, position: version, doc });
  }
}

const entryOf = <Doc>({ id, doc }: DocumentEntry<Doc>): DocumentEntry<Doc> => ({ id, doc });
