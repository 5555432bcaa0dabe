import { setTimeout as delay } from 'node:timers/promises';
import { MongoClient, ReadConcern, WriteConcern, type Db, type DbOptions } from 'mongodb';
import { StoreRefusedError } from '../event-store/index.js';
import { isMongoAway, messageOf, serverCode } from './mongo-errors.js';

export interface MongoConnectionOptions {
  /** `mongodb://…` or `mongodb+srv://…`; its path names the database, default `cartwright`. */
  readonly url: string;
  /** Appended to the name of the database, for two stores over one URL. */
  readonly space?: string;
  /** How long to wait for the server, milliseconds; default 30 000. */
  readonly patienceMs?: number;
  /** The port's error for a server that did not come. */
  readonly unavailable: (message: string, options: ErrorOptions) => Error;
}

export interface MongoConnection {
  readonly client: MongoClient;
  readonly db: Db;
  /** The hosts of the URL, without its credentials. */
  readonly host: string;
}

const DEFAULT_DATABASE = 'cartwright';
const PATIENCE_MS = 30_000;
const RETRY_MS = 200;

/** Authentication failed, not authorized, and Atlas's word for both. */
const REFUSED: ReadonlySet<number | string | undefined> = new Set([13, 18, 8000]);

/** A server that is away is noticed within seconds, so that callers answer 503 soon; the driver reconnects by itself. */
const CLIENT_OPTIONS = {
  appName: 'cartwright',
  serverSelectionTimeoutMS: 3000,
  connectTimeoutMS: 3000,
  heartbeatFrequencyMS: 2000,
} as const;

/**
 * What is written is durable on a majority before it counts. What is read is the primary's newest: it has everything that
 * was ever acknowledged, also right after a fail-over, when a majority read may still lag behind.
 */
const CONCERNS: DbOptions = {
  writeConcern: new WriteConcern('majority', 10_000, true),
  readConcern: new ReadConcern('local'),
  readPreference: 'primary',
};

/**
 * Connects, waiting for a server that is not there yet.
 * @throws StoreRefusedError the URL cannot be used, or the server refuses its credentials
 */
export async function connectMongo(options: MongoConnectionOptions): Promise<MongoConnection> {
  const client = clientOf(options.url);
  const host = hostOf(client);
  const name = client.options.dbName === 'test' ? databaseOf(options.url) : client.options.dbName;
  const db = client.db(options.space === undefined ? name : `${name}-${options.space}`, CONCERNS);
  try {
    await reach({ client, db, host }, options);
  } catch (error) {
    await client.close();
    throw error;
  }
  return { client, db, host };
}

async function reach({ client, db, host }: MongoConnection, options: MongoConnectionOptions): Promise<void> {
  const until = performance.now() + (options.patienceMs ?? PATIENCE_MS);
  for (;;) {
    try {
      await client.connect();
      await db.command({ ping: 1 });
      return;
    } catch (error) {
      if (REFUSED.has(serverCode(error))) {
        throw new StoreRefusedError(`MongoDB at ${host} refuses the user or the password of the URL`, { cause: error });
      }
      if (!isMongoAway(error)) throw error;
      if (performance.now() >= until) {
        throw options.unavailable(`MongoDB at ${host} does not answer: ${messageOf(error)}`, { cause: error });
      }
    }
    await delay(RETRY_MS);
  }
}

/** The driver's message is left out: it may quote the URL with its password. */
function clientOf(url: string): MongoClient {
  try {
    return new MongoClient(url, CLIENT_OPTIONS);
  } catch {
    throw new StoreRefusedError('the URL of MongoDB cannot be used; write mongodb://USER:PASSWORD@HOST:PORT/DATABASE');
  }
}

function hostOf({ options }: MongoClient): string {
  return options.srvHost ?? options.hosts.map(String).join(',');
}

/** The driver says `test` where the URL names no database. */
const databaseOf = (url: string): string => (/^[^/]+\/\/[^/]*\/test(?:$|\?)/.test(url) ? 'test' : DEFAULT_DATABASE);
