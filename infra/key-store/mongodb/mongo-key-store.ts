import type { MongoClient } from 'mongodb';
import { closeClient } from '../../mongodb/index.js';
import { KeyStoreUnavailableError } from '../errors.js';
import type { IdentityHash } from '../identity-hash.js';
import type { Identity, KeyStore } from '../key-store.js';
import { Batched, type BatchLimits } from './batched.js';
import { answer } from './driver-errors.js';
import { KnownPersons } from './known-persons.js';
import type { Person, PersonRecords } from './person-records.js';
import type { StoreRecords } from './store-record.js';

export interface MongoKeyStoreParts {
  readonly client: MongoClient;
  readonly persons: PersonRecords;
  readonly hash: IdentityHash;
  readonly records: StoreRecords;
  /** Counts the persons who were forgotten so far. */
  readonly forgotten: number;
  readonly access: 'read-write' | 'read-only';
}

/** Limits of one round trip, so that no call waits long for others of its batch. */
const BATCHES: BatchLimits = { most: 512, patienceMs: 500 };

/** How many milliseconds calls under way have left when the store is closed. */
const FINISH_MS = 3_000;

/** Keeps keys in a MongoDB database that several processes share. A cached person costs no query. */
export class MongoKeyStore implements KeyStore {
  readonly #persons: PersonRecords;
  readonly #known: KnownPersons;
  readonly #personFor: Batched<string, Person | undefined>;
  readonly #keyOf: Batched<string, Uint8Array | null>;
  /** Look-ups and creations under way; a further call for the same person waits for the same one. */
  readonly #underWay = new Map<string, Promise<string>>();
  #isClosed = false;
  #calls = 0;
  #onQuiet: (() => void) | null = null;

  constructor(private readonly parts: MongoKeyStoreParts) {
    const { persons } = parts;
    this.#persons = persons;
    this.#known = new KnownPersons(() => parts.records.forgotten(), parts.forgotten);
    this.#personFor = new Batched(BATCHES, async (identityHashes) => {
      if (parts.access === 'read-write') return persons.findOrMake(identityHashes);
      const found = await persons.find(identityHashes);
      return identityHashes.map((identityHash) => found.get(identityHash));
    });
    this.#keyOf = new Batched(BATCHES, (personIds) => persons.keysOf(personIds));
  }

  personFor(text: string, identity: Identity = 'email'): Promise<string> {
    return this.#answer(async () => {
      const identityHash = this.parts.hash.of(text, identity);
      const known = await this.#known.personOf(identityHash);
      return known ?? this.#underWay.get(identityHash) ?? this.#ask(identityHash);
    });
  }

  find(text: string, identity: Identity = 'email'): Promise<string | null> {
    return this.#answer(async () => {
      const identityHash = this.parts.hash.of(text, identity);
      return (await this.#persons.find([identityHash])).get(identityHash)?.personId ?? null;
    });
  }

  keyOf(personId: string): Promise<Uint8Array | null> {
    return this.#answer(async () => {
      const known = await this.#known.keyOf(personId);
      if (known !== undefined) return known;
      const { age } = this.#known;
      const key = await this.#keyOf.ask(personId);
      if (key !== null) this.#known.rememberKey(personId, key, age);
      return key;
    });
  }

  /** Deletes the person and counts it last, so that an interrupted forgetting is counted when it is repeated. */
  forget(personId: string): Promise<void> {
    return this.#answer(async () => {
      if (this.parts.access === 'read-only') throw readingAlone();
      await this.#persons.delete(personId);
      await this.parts.records.countForgotten();
      this.#known.startOver();
    });
  }

  forgotten(): Promise<number> {
    return this.#answer(() => this.parts.records.forgotten());
  }

  ping(): Promise<void> {
    return this.#answer(async () => void (await this.parts.records.forgotten()));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#calls > 0) await this.#quiet();
    await closeClient(this.parts.client);
  }

  /** Lets calls under way finish, unless the server is silent: then they fail when the store closes. */
  #quiet(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, FINISH_MS);
      this.#onQuiet = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #ask(identityHash: string): Promise<string> {
    const asking = this.#find(identityHash).finally(() => this.#underWay.delete(identityHash));
    this.#underWay.set(identityHash, asking);
    return asking;
  }

  async #find(identityHash: string): Promise<string> {
    const { age } = this.#known;
    const person = await this.#personFor.ask(identityHash);
    if (person === undefined) throw readingAlone();
    this.#known.remember(identityHash, person, age);
    return person.personId;
  }

  async #answer<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    if (this.#isClosed) throw new KeyStoreUnavailableError('the key store was closed');
    this.#calls += 1;
    try {
      return await answer(ask);
    } finally {
      this.#calls -= 1;
      if (this.#calls === 0) this.#onQuiet?.();
    }
  }
}

const readingAlone = (): KeyStoreUnavailableError =>
  new KeyStoreUnavailableError('the key store was opened for reading alone');
