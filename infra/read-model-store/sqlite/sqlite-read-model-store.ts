import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { UnknownCollectionError } from '../../document-store/index.js';
import type { DocumentQuery, ScanOptions } from '../../shared/document-query.js';
import { openDatabase } from '../../sqlite/documents/database-file.js';
import { SqliteCollections } from '../../sqlite/documents/sqlite-collections.js';
import { putAll, SqliteDocumentStore } from '../../sqlite/documents/sqlite-document-store.js';
import { translatedBy } from '../../sqlite/index.js';
import { CheckpointConflictError, ReadModelStoreUnavailableError } from '../read-model-store.js';
import type { Checkpoint } from '../../shared/position.js';
import type {
  CheckpointMove,
  CollectionCommit,
  CollectionDefinition,
  CollectionRef,
  CollectionState,
  CollectionVersion,
  CommittedDocuments,
  DocumentWrite,
  LoadedDocument,
  ReadModelStore,
  StoredDocument,
} from '../read-model-store.js';

export interface SqliteReadModelStoreOptions {
  /** The directory of `read.db`; it is created where it is missing. */
  readonly directory: string;
  /** One runner writes; any number of connections read. */
  readonly access: 'read-write' | 'read-only';
}

/** @throws StoreRefusedError the file is not ours, too new or damaged; the message says to delete it */
export async function openSqliteReadModelStore({
  directory,
  access,
}: SqliteReadModelStoreOptions): Promise<ReadModelStore> {
  return new SqliteReadModelStore(openDatabase(join(directory, 'read.db'), access));
}

/** The read model store on one SQLite file. Calls are answered on the caller's thread, each in a transaction of its own. */
export class SqliteReadModelStore implements ReadModelStore {
  readonly documents: SqliteDocumentStore;
  readonly #collections: SqliteCollections;

  constructor(private readonly database: Database.Database) {
    this.documents = new SqliteDocumentStore(database);
    this.#collections = new SqliteCollections(database, translatedBy('the read store', ReadModelStoreUnavailableError));
  }

  async ensure(collection: CollectionDefinition): Promise<void> {
    this.#collections.ensure(collection);
  }

  async promote(collection: CollectionVersion): Promise<void> {
    this.#collections.promote(collection);
  }

  async collections(): Promise<readonly CollectionState[]> {
    return this.#collections.answer(() => this.#collections.catalog.states());
  }

  async get<Doc>(collection: CollectionRef, id: string): Promise<StoredDocument<Doc> | undefined> {
    return this.#collections.read(collection, undefined, (reader) => reader.get<Doc>(id));
  }

  async getMany<Doc>(
    collection: CollectionRef,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, StoredDocument<Doc>>> {
    const none = new Map<string, StoredDocument<Doc>>();
    return this.#collections.read(collection, none, (reader) => reader.getMany<Doc>(ids));
  }

  async load(collection: CollectionVersion, ids: readonly string[]): Promise<ReadonlyMap<string, LoadedDocument>> {
    return this.#collections.read(collection, new Map<string, LoadedDocument>(), (reader) => reader.load(ids));
  }

  async find<Doc>(collection: CollectionRef, query: DocumentQuery): Promise<readonly StoredDocument<Doc>[]> {
    return this.#collections.read(collection, [], (reader) => reader.find<Doc>(query));
  }

  async scan<Doc>(
    collection: CollectionRef,
    { after = '', limit }: ScanOptions,
  ): Promise<readonly StoredDocument<Doc>[]> {
    return this.#collections.read(collection, [], (reader) => reader.scan<Doc>(after, limit));
  }

  async commit(collection: CollectionVersion, writes: readonly DocumentWrite[], move: CheckpointMove): Promise<void> {
    await this.commitAll([{ collection, writes, move }]);
  }

  async commitAll(commits: readonly CollectionCommit[], documents: readonly CommittedDocuments[] = []): Promise<void> {
    this.#collections.write(() => {
      for (const { collection, puts } of documents) this.#put(collection, puts);
      for (const commit of commits) this.#apply(commit);
    });
  }

  async checkpoint(collection: CollectionRef): Promise<Checkpoint | null> {
    return this.#collections.answer(() => this.#collections.catalog.checkpoint(collection));
  }

  async ping(): Promise<void> {
    await this.checkpoint('');
  }

  async close(): Promise<void> {
    this.database.close();
  }

  #put(collection: string, puts: CommittedDocuments['puts']): void {
    this.#collections.writeTo(
      collection,
      ({ writer }) => putAll(writer, puts),
      () => new UnknownCollectionError(collection),
    );
  }

  #apply({ collection, writes, move }: CollectionCommit): void {
    this.#collections.writeTo(
      collection,
      ({ writer, number }) => {
        for (const write of writes) writer.writeGuarded(write);
        if (move !== undefined) this.#collections.catalog.move(number, collection.name, move);
      },
      () => new CheckpointConflictError(collection.name),
    );
  }
}
