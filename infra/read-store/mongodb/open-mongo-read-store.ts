import { StoreRefusedError } from '../../event-store/index.js';
import { connectMongo } from '../../mongodb/index.js';
import { ReadStoreUnavailableError, type ReadStore } from '../read-store.js';
import { MongoReadStore } from './mongo-read-store.js';

export interface MongoReadStoreOptions {
  /** `mongodb://…` or `mongodb+srv://…`; its path names the database, default `cartwright`. */
  readonly url: string;
  readonly access: 'read-write' | 'read-only';
  /** Tells two stores over one URL apart: `-space` is appended to the name of the database. */
  readonly space?: string;
  /** How long to wait for the server, milliseconds; default 30 000. */
  readonly patienceMs?: number;
}

/**
 * Waits for the server; afterwards the driver reconnects by itself, and calls fail soon while it is away.
 * @throws ReadStoreUnavailableError the server did not come in time
 * @throws StoreRefusedError the URL, the credentials, their rights or the database cannot be used
 */
export async function openMongoReadStore({ access, ...options }: MongoReadStoreOptions): Promise<ReadStore> {
  const unavailable = (message: string, cause: ErrorOptions) => new ReadStoreUnavailableError(message, cause);
  const { client, db, host } = await connectMongo({ ...options, access, unavailable });
  const store = new MongoReadStore({ client, db, access });
  const foreign = await store.foreign().catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  if (foreign === null) return store;
  await store.close();
  throw new StoreRefusedError(
    `database ${db.databaseName} at ${host} was made by another version; drop it and start again: it is rebuilt`,
  );
}
