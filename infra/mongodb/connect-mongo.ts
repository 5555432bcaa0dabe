import { setTimeout as delay } from 'node:timers/promises';
import type { Db, MongoClient } from 'mongodb';
import { StoreRefusedError } from '../shared/store-errors.js';
import { isRefused, tryAccess, type MongoAccess } from './mongo-access.js';
import { clientOf, closeClient, CONCERNS } from './mongo-client.js';
import { isMongoAway } from './mongo-errors.js';
import { reasonOf, refuseMissingFile } from './unreachable.js';

export interface MongoConnectionOptions {
  /** `mongodb://…` or `mongodb+srv://…`; its path names the database, default `cartwright`. */
  readonly url: string;
  /** What will be done there, and is tried at once. */
  readonly access: MongoAccess;
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

/**
 * Connects, waiting for a server that is not there yet.
 * @throws StoreRefusedError the URL cannot be used, or the server refuses its credentials or what they are to do
 */
export async function connectMongo(options: MongoConnectionOptions): Promise<MongoConnection> {
  const client = clientOf(options.url);
  const host = hostOf(client);
  const name = client.options.dbName === 'test' ? databaseOf(options.url) : client.options.dbName;
  const db = client.db(options.space === undefined ? name : `${name}-${options.space}`, CONCERNS);
  try {
    await reach({ client, db, host }, options);
  } catch (error) {
    await closeClient(client);
    throw error;
  }
  return { client, db, host };
}

async function reach(connection: MongoConnection, options: MongoConnectionOptions): Promise<void> {
  const { client, db, host } = connection;
  const until = performance.now() + (options.patienceMs ?? PATIENCE_MS);
  for (;;) {
    try {
      await client.connect();
      await db.command({ ping: 1 });
      return await tryAccess(db, host, options.access);
    } catch (error) {
      if (error instanceof StoreRefusedError) throw error;
      if (isRefused(error)) {
        throw refusedUser(connection, error);
      }
      refuseMissingFile(error);
      if (!isMongoAway(error)) throw error;
      if (performance.now() >= until) {
        const reason = await reasonOf(error, { client, url: options.url });
        throw options.unavailable(`MongoDB at ${host} does not answer: ${reason}`, { cause: error });
      }
    }
    await delay(RETRY_MS);
  }
}

/** Where users are made in one database and asked for in another, nothing else tells it: without authSource it is the path's. */
function refusedUser({ client, host }: MongoConnection, cause: unknown): StoreRefusedError {
  const source = client.options.credentials?.source ?? 'admin';
  return new StoreRefusedError(
    `MongoDB at ${host} refuses the user or the password of the URL, asked for in its database ${source}; ` +
      'authSource=NAME in the URL names another',
    { cause },
  );
}

function hostOf({ options }: MongoClient): string {
  return options.srvHost ?? options.hosts.map(String).join(',');
}

/** The driver says `test` where the URL names no database. */
const databaseOf = (url: string): string => (/^[^/]+\/\/[^/]*\/test(?:$|\?)/.test(url) ? 'test' : DEFAULT_DATABASE);
