import { setTimeout as delay } from 'node:timers/promises';
import type { Db, MongoClient } from 'mongodb';
import { StoreRefusedError } from '../../shared/store-errors.js';
import { KeyStoreUnavailableError } from '../errors.js';
import { closeClient, connectMongo, type MongoConnection } from '../../mongodb/index.js';
import { IdentityHash } from '../identity-hash.js';
import { answer } from './driver-errors.js';
import { KeyWrap } from '../key-wrap.js';
import { PersonRecords } from './person-records.js';
import { StoreRecords, type StoreFitness } from './store-record.js';

export interface MongoKeyStoreOptions {
  /**
   * `mongodb://…` or `mongodb+srv://…`. The keys have a database of their own, named by the path (default `cartwright`) with
   * `-keys` added, as read models may be dropped and rebuilt, but keys never.
   */
  readonly url: string;
  /** The installation's secret of any length; the database can only be used with the secret that it was created with. */
  readonly secret: Buffer;
  /** `read-only`: no person is created or forgotten. */
  readonly access: 'read-write' | 'read-only';
  /** How many milliseconds to wait for the server, and for the process that creates the store; default 30 000. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 30_000;
const RETRY_MS = 100;

const ADVICE: Readonly<Record<Exclude<StoreFitness, 'fits'>, string>> = {
  missing: 'holds no keys; start a process that writes, or restore it from a backup',
  'another version': 'was made by another version of the engine; upgrade the engine',
  'another secret':
    'was made under another server secret, so nobody’s address would be known again; start with that secret, or ' +
    'restore it together with this database',
};

/** The database of the keys, after its checks. */
export interface KeyDatabase {
  readonly client: MongoClient;
  readonly db: Db;
  readonly hash: IdentityHash;
  readonly records: StoreRecords;
  readonly persons: PersonRecords;
  readonly wrap: KeyWrap;
}

/**
 * Connects to the database of the keys. Opened for writing, it is created on first use.
 * @throws KeyStoreUnavailableError the server did not come in time
 * @throws StoreRefusedError the URL, the credentials or the database cannot be used; the message says what to do
 */
export async function openKeyDatabase(options: MongoKeyStoreOptions): Promise<KeyDatabase> {
  const { url, secret, access, patienceMs = PATIENCE_MS } = options;
  const unavailable = (message: string, cause: ErrorOptions) => new KeyStoreUnavailableError(message, cause);
  const connection = await connectMongo({ url, access, space: 'keys', patienceMs, unavailable });
  const { client, db } = connection;
  const hash = new IdentityHash(secret);
  const wrap = new KeyWrap(secret);
  const persons = new PersonRecords(db, wrap);
  const records = new StoreRecords(db);
  try {
    await answer(async () => {
      if (access === 'read-write') {
        await records.create(hash.secretCheck);
        await persons.createIndexes();
      }
      refuseUnfit(await fitnessWithin(patienceMs, () => records.fitness(hash.secretCheck)), connection);
      if (access === 'read-write') await records.onceWrapped(() => persons.wrapOldKeys());
    });
    return { client, db, hash, records, persons, wrap };
  } catch (error) {
    await closeClient(client);
    throw error;
  }
}

/** Waits until a writing process has created the store, as a reading one may start first. */
async function fitnessWithin(patienceMs: number, look: () => Promise<StoreFitness>): Promise<StoreFitness> {
  const until = performance.now() + patienceMs;
  let fitness = await look();
  while (fitness === 'missing' && performance.now() < until) {
    await delay(RETRY_MS);
    fitness = await look();
  }
  return fitness;
}

function refuseUnfit(fitness: StoreFitness, { db, host }: MongoConnection): void {
  if (fitness === 'fits') return;
  throw new StoreRefusedError(`database ${db.databaseName} at ${host} ${ADVICE[fitness]}`);
}
