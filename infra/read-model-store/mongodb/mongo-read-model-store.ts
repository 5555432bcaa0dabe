import type { DocumentQuery, ScanOptions } from '../../shared/document-query.js';
import { MongoCollections, type MongoDatabase, type StoreWords } from '../../mongodb/documents/mongo-collections.js';
import { MongoDocumentStore } from '../../mongodb/documents/mongo-document-store.js';
import { openMongoDatabase, type MongoDatabaseOptions } from '../../mongodb/documents/open-database.js';
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

const READ_MODEL_STORE: StoreWords = { what: 'the read store', unavailable: ReadModelStoreUnavailableError };

/**
 * Opens the store once the server answers. Later the driver reconnects by itself, and calls fail soon while the server is away.
 * @throws ReadModelStoreUnavailableError the server did not come in time
 * @throws StoreRefusedError the URL, the credentials, their rights or the database cannot be used
 */
export const openMongoReadModelStore = async (options: MongoDatabaseOptions): Promise<ReadModelStore> =>
  new MongoReadModelStore(await openMongoDatabase(options, READ_MODEL_STORE));

/** The read model store in one MongoDB database. */
class MongoReadModelStore implements ReadModelStore {
  readonly documents: MongoDocumentStore;
  readonly #collections: MongoCollections;

  constructor(database: MongoDatabase) {
    this.documents = new MongoDocumentStore(database);
    this.#collections = new MongoCollections(database, READ_MODEL_STORE);
  }

  ensure(collection: CollectionDefinition): Promise<void> {
    return this.#collections.ensure(collection);
  }

  promote(collection: CollectionVersion): Promise<void> {
    return this.#collections.promote(collection);
  }

  collections(): Promise<readonly CollectionState[]> {
    return this.#collections.states();
  }

  get<Doc>(collection: CollectionRef, id: string): Promise<StoredDocument<Doc> | undefined> {
    return this.#collections.read(collection, undefined, (reader) => reader.get<Doc>(id));
  }

  getMany<Doc>(collection: CollectionRef, ids: readonly string[]): Promise<ReadonlyMap<string, StoredDocument<Doc>>> {
    const none = new Map<string, StoredDocument<Doc>>();
    return this.#collections.read(collection, none, (reader) => reader.getMany<Doc>(ids));
  }

  load(collection: CollectionVersion, ids: readonly string[]): Promise<ReadonlyMap<string, LoadedDocument>> {
    return this.#collections.read(collection, new Map<string, LoadedDocument>(), (reader) => reader.load(ids));
  }

  find<Doc>(collection: CollectionRef, query: DocumentQuery): Promise<readonly StoredDocument<Doc>[]> {
    return this.#collections.read(collection, [], (reader) => reader.find<Doc>(query));
  }

  scan<Doc>(collection: CollectionRef, { after = '', limit }: ScanOptions): Promise<readonly StoredDocument<Doc>[]> {
    return this.#collections.read(collection, [], (reader) => reader.scan<Doc>(after, limit));
  }

  async commit(collection: CollectionVersion, writes: readonly DocumentWrite[], move: CheckpointMove): Promise<void> {
    await this.commitAll([{ collection, writes, move }]);
  }

  async commitAll(commits: readonly CollectionCommit[], documents: readonly CommittedDocuments[] = []): Promise<void> {
    for (const { collection, puts } of documents) await this.documents.put(collection, puts);
    await this.#collections.write(async () => {
      for (const commit of commits) await this.#apply(commit);
    });
  }

  checkpoint(collection: CollectionRef): Promise<Checkpoint | null> {
    return this.#collections.checkpoint(collection);
  }

  ping(): Promise<void> {
    return this.#collections.ping();
  }

  close(): Promise<void> {
    return this.#collections.close();
  }

  async #apply({ collection, writes, move }: CollectionCommit): Promise<void> {
    const done = await this.#collections.commitTo(collection, ({ writer }) => writer.writeGuarded(writes), move);
    if (done === null) throw new CheckpointConflictError(collection.name);
  }
}
