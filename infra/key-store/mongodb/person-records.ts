import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Binary, ReadConcern, type Collection, type Db } from 'mongodb';
import { KeyStoreUnavailableError } from '../errors.js';
import { isWrapped, type KeyWrap } from '../key-wrap.js';
import { placesTaken } from '../../mongodb/index.js';

/** The document of a person. `_id` is the hash of the identity, which therefore has one person at most. */
export interface PersonRecord {
  readonly _id: string;
  readonly personId: string;
  readonly key: Binary;
}

export type PersonCollection = Collection<PersonRecord>;

export const personsIn = (db: Db): PersonCollection => db.collection<PersonRecord>('persons');

export interface Person {
  readonly personId: string;
  readonly key: Uint8Array;
}

const KEY_BYTES = 32;
const ATTEMPTS = 200;
const RETRY_MS = 20;

/** Reads and writes persons and their keys, without a cache. */
export class PersonRecords {
  readonly #persons: PersonCollection;
  /** Reads from a majority: a person whom another process created may be used only when no fail-over can remove it again. */
  readonly #durable: PersonCollection;

  constructor(
    db: Db,
    private readonly wrap: KeyWrap,
  ) {
    this.#persons = personsIn(db);
    this.#durable = db.collection<PersonRecord>('persons', { readConcern: new ReadConcern('majority') });
  }

  /** Creates the index by which keys are looked up by person. */
  async createIndexes(): Promise<void> {
    await this.#persons.createIndex({ personId: 1 }, { name: 'by-person' });
  }

  /** Wraps the keys that the first builds stored as they are. */
  async wrapOldKeys(): Promise<void> {
    for await (const { _id, personId, key } of this.#persons.find()) {
      const plain = new Uint8Array(key.value());
      if (isWrapped(plain)) continue;
      await this.#persons.updateOne({ _id, personId }, { $set: { key: new Binary(this.wrap.wrap(personId, plain)) } });
    }
  }

  /** Finds the persons of these hashes that exist durably. */
  async find(identityHashes: readonly string[]): Promise<Map<string, Person>> {
    const records = await this.#durable.find({ _id: { $in: [...identityHashes] } }).toArray();
    return new Map(records.map((record) => [record._id, this.#personOf(record)]));
  }

  /** Finds the persons of these hashes, in their order, and creates the missing ones. Of concurrent creations the first counts. */
  async findOrMake(identityHashes: readonly string[]): Promise<Person[]> {
    const found = await this.find(identityHashes);
    for (let count = 0; count < ATTEMPTS; count += 1) {
      const missing = identityHashes.filter((identityHash) => !found.has(identityHash));
      if (missing.length === 0) return identityHashes.flatMap((identityHash) => found.get(identityHash) ?? []);
      // Another process's creation is not on a majority yet, or the person was forgotten meanwhile.
      if (count > 0) await delay(RETRY_MS);
      for (const [identityHash, person] of await this.#make(missing)) found.set(identityHash, person);
      const others = missing.filter((identityHash) => !found.has(identityHash));
      if (others.length > 0)
        for (const [identityHash, person] of await this.find(others)) found.set(identityHash, person);
    }
    throw new KeyStoreUnavailableError('the key store does not get keys onto a majority of its servers');
  }

  /** Reads the keys of these persons, in their order, from the primary, which has all of them; null where there is none. */
  async keysOf(personIds: readonly string[]): Promise<(Uint8Array | null)[]> {
    const records = await this.#persons.find({ personId: { $in: [...personIds] } }).toArray();
    const keys = new Map(records.map((record) => [record.personId, this.#personOf(record).key]));
    return personIds.map((personId) => keys.get(personId) ?? null);
  }

  async delete(personId: string): Promise<void> {
    await this.#persons.deleteMany({ personId });
  }

  /**
   * Creates persons and lists those that it created; resolves when they are durable. It uses plain inserts, which the unique index
   * of ids refuses: some servers that speak MongoDB's protocol accept two concurrent upserts of one address.
   */
  async #make(identityHashes: readonly string[]): Promise<Map<string, Person>> {
    const made = identityHashes.map((identityHash) => {
      const person = { personId: randomUUID(), key: new Uint8Array(randomBytes(KEY_BYTES)) };
      return [identityHash, person] as const;
    });
    const taken = new Set(await this.#insert(made));
    return new Map(made.filter((_, place) => !taken.has(place)));
  }

  /** Lists the places of the inserts whose ids existed already; their documents are then read. */
  async #insert(persons: readonly (readonly [string, Person])[]): Promise<number[]> {
    const records = persons.map(([_id, { personId, key }]) => ({
      _id,
      personId,
      key: new Binary(this.wrap.wrap(personId, key)),
    }));
    try {
      await this.#persons.insertMany(records, { ordered: false });
      return [];
    } catch (error) {
      return placesTaken(error);
    }
  }

  #personOf({ personId, key }: PersonRecord): Person {
    return { personId, key: this.wrap.unwrap(personId, new Uint8Array(key.value())) };
  }
}
