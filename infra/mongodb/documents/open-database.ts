import { StoreRefusedError } from '../../shared/store-errors.js';
import { connectMongo } from '../connect-mongo.js';
import { closeClient } from '../mongo-client.js';
import { MongoCollections, type MongoDatabase, type StoreWords } from './mongo-collections.js';

export interface MongoDatabaseOptions {
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
 * @throws what `words` say where the server did not come in time
 * @throws StoreRefusedError the URL, the credentials, their rights or the database cannot be used
 */
export async function openMongoDatabase(options: MongoDatabaseOptions, words: StoreWords): Promise<MongoDatabase> {
  const unavailable = (message: string, cause: ErrorOptions) => new words.unavailable(message, cause);
  const { client, db, host } = await connectMongo({ ...options, unavailable });
  const database = { client, db, access: options.access };
  const foreign = await new MongoCollections(database, words).foreign().catch(async (error: unknown) => {
    await closeClient(client);
    throw error;
  });
  if (foreign === null) return database;
  await closeClient(client);
  throw new StoreRefusedError(
    `database ${db.databaseName} at ${host} was made by another version; drop it and start again: it is rebuilt`,
  );
}
