import { Binary, type MongoClient } from 'mongodb';
import { closeClient } from '../../mongodb/index.js';
import type { KeptPerson, KeyTransfer } from '../key-transfer.js';
import type { KeyWrap } from '../key-wrap.js';
import { answer } from './driver-errors.js';
import { openKeyDatabase, type MongoKeyStoreOptions } from './key-database.js';
import { personsIn, type PersonCollection, type PersonRecord } from './person-records.js';

const PAGE = 1_000;

/**
 * Opens a MongoDB key store to move its persons.
 * @throws KeyStoreUnavailableError, StoreRefusedError as `openMongoKeyStore`
 */
export async function openMongoKeyTransfer(options: MongoKeyStoreOptions): Promise<KeyTransfer> {
  const { client, db, wrap } = await openKeyDatabase(options);
  return new MongoKeyTransfer(client, personsIn(db), wrap);
}

class MongoKeyTransfer implements KeyTransfer {
  constructor(
    private readonly client: MongoClient,
    private readonly persons: PersonCollection,
    private readonly wrap: KeyWrap,
  ) {}

  count(): Promise<number> {
    return answer(() => this.persons.countDocuments());
  }

  async *pages(): AsyncIterable<readonly KeptPerson[]> {
    for (let after = ''; ;) {
      const records = await this.#after(after);
      const last = records.at(-1);
      if (last === undefined) return;
      yield records.map((record) => this.#personOf(record));
      after = last._id;
    }
  }

  async find(identityHashes: readonly string[]): Promise<readonly KeptPerson[]> {
    const records = await answer(() => this.persons.find({ _id: { $in: [...identityHashes] } }).toArray());
    return records.map((record) => this.#personOf(record));
  }

  async add(persons: readonly KeptPerson[]): Promise<void> {
    const records = persons.map(({ identityHash, personId, key }) => ({
      _id: identityHash,
      personId,
      key: new Binary(this.wrap.wrap(personId, key)),
    }));
    if (records.length > 0) await answer(() => this.persons.insertMany(records));
  }

  close(): Promise<void> {
    return closeClient(this.client);
  }

  #after(identityHash: string): Promise<PersonRecord[]> {
    return answer(() =>
      this.persons
        .find({ _id: { $gt: identityHash } })
        .sort({ _id: 1 })
        .limit(PAGE)
        .toArray(),
    );
  }

  #personOf({ _id, personId, key }: PersonRecord): KeptPerson {
    return { identityHash: _id, personId, key: this.wrap.unwrap(personId, new Uint8Array(key.value())) };
  }
}
