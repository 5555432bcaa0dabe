import { randomBytes } from 'node:crypto';
import type { Db, MongoClient } from 'mongodb';
import type { Checkpoint } from '../../shared/position.js';
import type {
  CheckpointMove,
  CollectionDefinition,
  CollectionRef,
  CollectionState,
  CollectionVersion,
} from '../../read-model-store/read-model-store.js';
import { closeClient } from '../mongo-client.js';
import { isMongoAway, messageOf } from '../mongo-errors.js';
import { CollectionKeeper } from './collection-keeper.js';
import { checkpointOf, CollectionStates, keyOf } from './collection-states.js';
import type { DocumentReader } from './document-reader.js';
import { wasDropped } from './driver-errors.js';
import { KnownCollections, type OpenCollection } from './known-collections.js';

export interface MongoDatabase {
  readonly client: MongoClient;
  readonly db: Db;
  readonly access: 'read-write' | 'read-only';
}

/** How a port speaks of its store. */
export interface StoreWords {
  /** `the read store` */
  readonly what: string;
  readonly unavailable: new (message: string, options?: ErrorOptions) => Error;
}

/** A read is asked again when its collection was replaced under it; so often in a row means that something is wrong. */
const ATTEMPTS = 5;

/** The collections of one MongoDB database, without transactions: see docs on each step in collection-states. */
export class MongoCollections {
  readonly #states: CollectionStates;
  readonly #known: KnownCollections;
  readonly #keeper: CollectionKeeper;

  constructor(
    private readonly database: MongoDatabase,
    private readonly words: StoreWords,
  ) {
    const { db } = database;
    this.#states = new CollectionStates(db, randomBytes(8).toString('hex'));
    this.#known = new KnownCollections(db, this.#states);
    this.#keeper = new CollectionKeeper(db, this.#states);
  }

  /** A name that another version of the engine has written; null when there is none. */
  foreign(): Promise<string | null> {
    return this.#answer(() => this.#states.foreign());
  }

  async ensure(collection: CollectionDefinition): Promise<void> {
    await this.write(() => this.#keeper.ensure(collection));
    this.#known.forget(collection.name);
  }

  async promote(collection: CollectionVersion): Promise<void> {
    await this.write(() => this.#keeper.promote(collection));
    this.#known.forget(collection.name);
  }

  states(): Promise<readonly CollectionState[]> {
    return this.#answer(() => this.#states.all());
  }

  async checkpoint(collection: CollectionRef): Promise<Checkpoint | null> {
    const isName = typeof collection === 'string';
    const state = await this.#answer(() => this.#states.findDurable(isName ? collection : collection.name));
    const version = state?.versions[isName ? state.live : keyOf(collection)];
    return version === undefined ? null : checkpointOf(version);
  }

  /** Reads from the collection; `absent` where there is none. */
  read<Answer>(ref: CollectionRef, absent: Answer, read: (reader: DocumentReader) => Promise<Answer>): Promise<Answer> {
    return this.#answer(async () => {
      for (let count = 0; count < ATTEMPTS; count += 1) {
        const open = await this.#known.forReading(ref);
        if (open === undefined) return absent;
        const found = await attempt(() => read(open.reader));
        if ((await this.#known.isStill(ref, open)) && found !== null) return found.answer;
      }
      throw new this.words.unavailable('the collection was replaced again and again during the read');
    });
  }

  write<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    if (this.database.access === 'read-only') {
      return Promise.reject(new this.words.unavailable(`${this.words.what} was opened for reading alone`));
    }
    return this.#answer(work);
  }

  /**
   * Within `write`: does the work and records it with the move of the checkpoint, if any. Documents first, and only when a
   * majority has them the checkpoint: it never says what a fail-over could undo. Null where the collection is gone, or
   * somebody else has moved the checkpoint.
   */
  async commitTo<Answer>(
    collection: CollectionVersion,
    work: (open: OpenCollection) => Promise<Answer>,
    move?: CheckpointMove,
  ): Promise<{ readonly answer: Answer } | null> {
    const open = await this.#known.forWriting(collection);
    if (open === undefined) return null;
    const answer = await work(open);
    if (await this.#states.commit(collection, open.collection, move)) return { answer };
    this.#known.forget(collection.name);
    await this.#keeper.dropIfGone(collection.name, open.collection);
    return null;
  }

  async ping(): Promise<void> {
    await this.#answer(() => this.database.db.command({ ping: 1 }));
  }

  close(): Promise<void> {
    return closeClient(this.database.client);
  }

  async #answer<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (error) {
      if (!isMongoAway(error)) throw error;
      throw new this.words.unavailable(`${this.words.what} cannot answer: ${messageOf(error)}`, { cause: error });
    }
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
