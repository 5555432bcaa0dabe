import { MongoClient, ReadConcern, WriteConcern, type DbOptions, type MongoClientOptions } from 'mongodb';
import { StoreRefusedError } from '../shared/store-errors.js';

/**
 * Every wait of the driver ends: for a server, a connection, a free place in the pool, an answer. The last matters most:
 * where something between us and the server forgets a connection, or one member hangs, heartbeats go on over connections
 * of their own, and without a limit a call would wait for ever. The driver reconnects by itself.
 */
const CLIENT_OPTIONS: MongoClientOptions = {
  appName: 'cartwright',
  serverSelectionTimeoutMS: 3_000,
  connectTimeoutMS: 3_000,
  waitQueueTimeoutMS: 5_000,
  socketTimeoutMS: 8_000,
  heartbeatFrequencyMS: 2_000,
  // A connection that was forgotten while it was quiet is not tried, one after the other, with such a wait for each.
  maxIdleTimeMS: 10_000,
};

/**
 * What is written is durable on a majority before it counts, and the server says so before the socket's time is over. What
 * is read is the primary's newest: it has everything that was ever acknowledged, also right after a fail-over, when a
 * majority read may still lag behind.
 */
export const CONCERNS: DbOptions = {
  writeConcern: new WriteConcern('majority', 6_000, true),
  readConcern: new ReadConcern('local'),
  readPreference: 'primary',
};

/** How long the driver may take to say goodbye to a server, which may be the one that does not answer, milliseconds. */
const GOODBYE_MS = 2_000;

/** The driver's message is left out: it may quote the URL with its password. @throws StoreRefusedError */
export function clientOf(url: string): MongoClient {
  try {
    return new MongoClient(url, CLIENT_OPTIONS);
  } catch {
    throw new StoreRefusedError('the URL of MongoDB cannot be used; write mongodb://USER:PASSWORD@HOST:PORT/DATABASE');
  }
}

/** Lets go of the server. What is still under way fails. */
export async function closeClient(client: MongoClient): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, GOODBYE_MS)));
  await Promise.race([client.close(), late]).finally(() => clearTimeout(timer));
}
