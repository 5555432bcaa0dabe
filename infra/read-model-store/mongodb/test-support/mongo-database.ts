import { randomBytes } from 'node:crypto';
import { MongoClient, type Db } from 'mongodb';
import type { ReadModelStore } from '../../read-model-store.js';
import type { MongoDatabaseOptions } from '../../../mongodb/documents/open-database.js';
import { openMongoReadModelStore } from '../index.js';

/** A database of its own for one test. */
export interface MongoDatabase {
  readonly db: Db;
  open(options?: Partial<MongoDatabaseOptions>): Promise<ReadModelStore>;
  /** Closes every store and drops the database. */
  dispose(): Promise<void>;
}

export async function newMongoDatabase(url: string): Promise<MongoDatabase> {
  const space = `spec-${randomBytes(6).toString('hex')}`;
  const client = await new MongoClient(url).connect();
  const db = client.db(`cartwright-${space}`);
  const opened: ReadModelStore[] = [];
  return {
    db,
    open: async (options) => {
      const store = await openMongoReadModelStore({ url, access: 'read-write', space, ...options });
      opened.push(store);
      return store;
    },
    dispose: async () => {
      for (const store of opened) await store.close();
      await db.dropDatabase();
      await client.close();
    },
  };
}

/** Whether the server compares texts as UTF-16, which MongoDB does not: the stand-in in memory is written in Java. */
export async function comparesUtf16(db: Db): Promise<boolean> {
  const probe = db.collection<{ _id: string }>('probe');
  await probe.insertMany([{ _id: '\uff5e' }, { _id: '😀' }]);
  const [first] = await probe.find().sort({ _id: 1 }).toArray();
  await probe.drop();
  return first?._id === '😀';
}
