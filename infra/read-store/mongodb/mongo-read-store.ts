import { randomBytes } from 'node:crypto';
import type { Db, MongoClient } from 'mongodb';
import { closeClient } from '../../mongodb/index.js';
import { CollectionKeeper } from './collection-keeper.js';
import { checkpointOf, CollectionStates, keyOf } from './collection-states.js';
import type { DocumentReader } from './document-reader.js';
import { translated, wasDropped } from './driver-errors.js';
import { KnownCollections } from './known-collections.js';
import { CheckpointConflictError, ReadStoreUnavailableError } from '../read-store.js';
import type {
  Checkpoint,
  CheckpointMove,
  CollectionCommit,
  CollectionDefinition,
  CollectionRef,
  CollectionState,
  CollectionVersion,
  DocumentQuery,
  DocumentWrite,
  LoadedDocument,
  ReadStore,
  StoredDocument,
} from '../read-store.js';

export interface MongoReadStoreParts {
  readonly client: MongoClient;
  readonly db: Db;
  readonly access: 'read-write' | 'read-only';
}

/** A read is asked again when its collection was replaced under it; so often in a row means that something is wrong. */
const ATTEMPTS = 5;

/** The read store in one MongoDB database, without transactions: see docs on each step in collection-states. */
export class MongoReadStore implements ReadStore {
  readonly #states: CollectionStates;
  readonly #known: KnownCollections;
  readonly #keeper: CollectionKeeper;

  constructor(private readonly parts: MongoReadStoreParts) {
    this.#states = new CollectionStates(parts.db, randomBytes(8).toString('hex'));
    this.#known = new KnownCollections(parts.db, this.#states);
    this.#keeper = new CollectionKeeper(parts.db, this.#states);
  }

  /** A name that another version of the engine has written; null when there is none. */
  foreign(): Promise<string | null> {
    return answer(() => this.#states.foreign());
  }

  async ensure(collection: CollectionDefinition): Promise<void> {
    await this.#write(() => this.#keeper.ensure(collection));
    this.#known.forget(collection.name);
  }

  async promote(collection: CollectionVersion): Promise<void> {
    await this.#write(() => this.#keeper.promote(collection));
    this.#known.forget(collection.name);
  }

  collections(): Promise<readonly CollectionState[]> {
    return answer(() => this.#states.all());
  }

  get<Doc>(collection: CollectionRef, id: string): Promise<StoredDocument<Doc> | undefined> {
    return this.#read(collection, undefined, (reader) => reader.get<Doc>(id));
  }

  getMany<Doc>(collection: CollectionRef, ids: readonly string[]): Promise<ReadonlyMap<string, StoredDocument<Doc>>> {
    return this.#read(collection, new Map<string, StoredDocument<Doc>>(), (reader) => reader.getMany<Doc>(ids));
  }

  load(collection: CollectionVersion, ids: readonly string[]): Promise<ReadonlyMap<string, LoadedDocument>> {
    return this.#read(collection, new Map<string, LoadedDocument>(), (reader) => reader.load(ids));
  }

  find<Doc>(collection: CollectionRef, query: DocumentQuery): Promise<readonly StoredDocument<Doc>[]> {
    return this.#read(collection, [], (reader) => reader.find<Doc>(query));
  }

  scan<Doc>(
    collection: CollectionRef,
    { after = '', limit }: { readonly after?: string; readonly limit: number },
  ): Promise<readonly StoredDocument<Doc>[]> {
    return this.#read(collection, [], (reader) => reader.scan<Doc>(after, limit));
  }

  async commit(collection: CollectionVersion, writes: readonly DocumentWrite[], move: CheckpointMove): Promise<void> {
    await this.commitAll([{ collection, writes, move }]);
  }

  async commitAll(commits: readonly CollectionCommit[]): Promise<void> {
    await this.#write(async () => {
      for (const commit of commits) await this.#apply(commit);
    });
  }

  async checkpoint(collection: CollectionRef): Promise<Checkpoint | null> {
    const isName = typeof collection === 'string';
    const state = await answer(() => this.#states.findDurable(isName ? collection : collection.name));
    const version = state?.versions[isName ? state.live : keyOf(collection)];
    return version === undefined ? null : checkpointOf(version);
  }

  async ping(): Promise<void> {
    await answer(() => this.parts.db.command({ ping: 1 }));
  }

  async close(): Promise<void> {
    await closeClient(this.parts.client);
  }

  /** Documents first, and only when a majority has them the checkpoint: it never says what a fail-over could undo. */
  async #apply({ collection: version, writes, move, guard }: CollectionCommit): Promise<void> {
    const open = await this.#known.forWriting(version);
    if (open === undefined) throw new CheckpointConflictError(version.name);
    if (guard === 'none') await open.writer.writeAlways(writes);
    else await open.writer.writeGuarded(writes);
    if (await this.#states.commit(version, open.collection, move)) return;
    this.#known.forget(version.name);
    await this.#keeper.dropIfGone(version.name, open.collection);
    throw new CheckpointConflictError(version.name);
  }

  /** Reads from the collection; `absent` where there is none. */
  #read<Answer>(
    ref: CollectionRef,
    absent: Answer,
    read: (reader: DocumentReader) => Promise<Answer>,
  ): Promise<Answer> {
    return answer(async () => {
      for (let count = 0; count < ATTEMPTS; count += 1) {
        const open = await this.#known.forReading(ref);
        if (open === undefined) return absent;
        const found = await attempt(() => read(open.reader));
        if ((await this.#known.isStill(ref, open)) && found !== null) return found.answer;
      }
      throw new ReadStoreUnavailableError('the collection was replaced again and again during the read');
    });
  }

  #write(work: () => Promise<void>): Promise<void> {
    if (this.parts.access === 'read-only') {
      return Promise.reject(new ReadStoreUnavailableError('the read store was opened for reading alone'));
    }
    return answer(work);
  }
}

/** Null where the collection was dropped under the read. */
async function attempt<Answer>(read: () => Promise<Answer>): Promise<{ readonly answer: Answer } | null> {
  try {
    return { answer: await read() };
  } catch (error) {
    if (wasDropped(error)) return null;
    throw error;
  }
}

async function answer<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw translated(error);
  }
}
