import { randomUUID } from 'node:crypto';
import type { Collection, Db } from 'mongodb';
import { StoreRefusedError } from '../shared/store-errors.js';
import { serverCode } from './mongo-errors.js';

type Tried = Collection<{ _id: string; triedAt: number }>;

export type MongoAccess = 'read-write' | 'read-only';

/** Unauthorized, AuthenticationFailed, and Atlas's word for both. */
const REFUSED: ReadonlySet<number | string | undefined> = new Set([13, 18, 8000]);

/** Whether the server knows who asks and does not let them. While the engine runs that may pass; at its start it does not. */
export const isRefused = (error: unknown): boolean => REFUSED.has(serverCode(error));

/**
 * Does once what will be done later, in a collection of its own: a ping needs no rights, and who is let in may still not be
 * allowed to write.
 * @throws StoreRefusedError the user may not do it; the driver's errors
 */
export async function tryAccess(db: Db, host: string, access: MongoAccess): Promise<void> {
  const collection: Tried = db.collection(`access-tried-${randomUUID()}`);
  const steps: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['read', () => collection.findOne()],
    ['create indexes', () => collection.createIndex({ triedAt: 1 }, { name: 'by-time' })],
    ['write', () => writeAndDelete(collection)],
    ['list collections', () => db.listCollections({}, { nameOnly: true }).toArray()],
    ['drop collections', () => collection.drop()],
  ];
  for (const [doing, step] of access === 'read-only' ? steps.slice(0, 1) : steps) {
    try {
      await step();
    } catch (error) {
      if (isRefused(error)) throw notAllowed(db, { host, doing, access }, error);
      throw error;
    }
  }
}

async function writeAndDelete(collection: Tried): Promise<void> {
  const _id = randomUUID();
  await collection.insertOne({ _id, triedAt: Date.now() });
  await collection.updateOne({ _id }, { $set: { triedAt: 0 } });
  await collection.deleteOne({ _id });
}

interface Refused {
  readonly host: string;
  readonly doing: string;
  readonly access: MongoAccess;
}

function notAllowed({ databaseName, client }: Db, { host, doing, access }: Refused, cause: unknown): StoreRefusedError {
  const role = access === 'read-only' ? 'read' : 'readWrite';
  const message =
    client.options.credentials === undefined
      ? `MongoDB at ${host} wants a user and the URL names none: give it one with the role ${role} on ${databaseName}`
      : `the user of the URL may not ${doing} in database ${databaseName} of MongoDB at ${host}: ` +
        `grant the role ${role} on ${databaseName}`;
  return new StoreRefusedError(message, { cause });
}
