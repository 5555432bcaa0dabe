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
import type { OpenCollection } from './known-collections.js';
import { MongoCollections, type MongoDatabase, type StoreWords } from './mongo-collections.js';

export const DOCUMENT_STORE: StoreWords = {
  what: 'the document store',
  unavailable: DocumentStoreUnavailableError,
};

/** The document store in one MongoDB database, which may hold read models too. */
export class MongoDocumentStore implements DocumentStore {
  readonly #collections: MongoCollections;

  constructor(database: MongoDatabase) {
    this.#collections = new MongoCollections(database, DOCUMENT_STORE);
  }

  ensure({ name, indexes }: DocumentCollection): Promise<void> {
    return this.#collections.ensure({ ...collectionOf(name), indexes });
  }

  get<Doc>(collection: string, id: string): Promise<Doc | undefined> {
    return this.#collections.read(collection, undefined, async (reader) => (await reader.getDurable<Doc>(id))?.doc);
  }

  getMany<Doc>(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, Doc>> {
    return this.#collections.read(collection, new Map<string, Doc>(), async (reader) => {
      const found = await reader.getMany<Doc>(ids);
      return new Map([...found].map(([id, { doc }]) => [id, doc]));
    });
  }

  find<Doc>(collection: string, query: DocumentQuery): Promise<readonly DocumentEntry<Doc>[]> {
    return this.#collections.read(collection, [], async (reader) => (await reader.find<Doc>(query)).map(entryOf));
  }

  scan<Doc>(collection: string, { after = '', limit }: ScanOptions): Promise<readonly DocumentEntry<Doc>[]> {
    return this.#collections.read(collection, [], async (reader) =>
      (await reader.scan<Doc>(after, limit)).map(entryOf),
    );
  }

  put(collection: string, puts: readonly DocumentPut[]): Promise<void> {
    return this.#write(collection, async ({ writer }) => {
      await writer.writeAlways(puts.filter(({ version }) => version === undefined).map(writeOf));
      await writer.writeGuarded(puts.filter(({ version }) => version !== undefined).map(writeOf));
    });
  }

  compareAndSet(collection: string, { id, expected, next }: DocumentChange): Promise<boolean> {
    return this.#write(collection, ({ writer }) => writer.compareAndSet(id, expected, next));
  }

  clear(collection: string): Promise<void> {
    return this.#write(collection, ({ writer }) => writer.clear());
  }

  ping(): Promise<void> {
    return this.#collections.ping();
  }

  close(): Promise<void> {
    return this.#collections.close();
  }

  /** Tried again where the collection was indexed anew by another process: it lies elsewhere then. */
  #write<Answer>(collection: string, work: (open: OpenCollection) => Promise<Answer>): Promise<Answer> {
    return this.#collections.write(async () => {
      const written =
        (await this.#collections.commitTo(collectionOf(collection), work)) ??
        (await this.#collections.commitTo(collectionOf(collection), work));
      if (written === null) throw new UnknownCollectionError(collection);
      return written.answer;
    });
  }
}

const collectionOf = (name: string): { readonly name: string; readonly version: number } => ({ name, version: 1 });

const writeOf = ({ id, doc, version = '' }: DocumentPut) => ({ id, position: version, doc });

const entryOf = <Doc>({ id, doc }: DocumentEntry<Doc>): DocumentEntry<Doc> => ({ id, doc });
