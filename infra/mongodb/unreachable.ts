import { MongoClient, MongoServerSelectionError, type TopologyDescription } from 'mongodb';
import { StoreRefusedError } from '../shared/store-errors.js';
import { messageOf } from './mongo-errors.js';
import { closeClient } from './mongo-client.js';

const FILE_ERRORS: ReadonlySet<unknown> = new Set(['ENOENT', 'EACCES', 'EISDIR', 'EPERM', 'ENOTDIR']);

/** @throws StoreRefusedError a file that the URL names (`tlsCAFile` and the like) cannot be read */
export function refuseMissingFile(error: unknown): void {
  // By shape: one of Node's own may come from another realm.
  if (typeof error !== 'object' || error === null || !('code' in error) || !('path' in error)) return;
  const { code, path } = error;
  if (!FILE_ERRORS.has(code) || typeof path !== 'string') return;
  throw new StoreRefusedError(`the URL of MongoDB names the file ${path}, which cannot be read (${String(code)})`);
}

/**
 * Why no server was found, in a sentence. Of a set with another name the driver says only that it took too long.
 * @throws StoreRefusedError the server is of another replica set than the URL says
 */
export async function reasonOf(error: unknown, { client, url }: { client: MongoClient; url: string }): Promise<string> {
  const topology =
    error instanceof MongoServerSelectionError ? (error.reason as TopologyDescription | undefined) : undefined;
  const { replicaSet, hosts } = client.options;
  // The driver strikes out whoever is not of the set that the URL names.
  if (typeof replicaSet !== 'string' || topology?.servers.size !== 0) return messageOf(error);
  const found = await setNameOf(url, String(hosts[0]));
  if (found === undefined) return messageOf(error);
  if (found === null) return `it is no member of a replica set (yet), and the URL asks for the set ${replicaSet}`;
  throw new StoreRefusedError(
    `MongoDB at ${hosts.map(String).join(',')} is of the replica set ${found}, not of ${replicaSet} as the URL says: ` +
      `write replicaSet=${found}`,
  );
}

/** The name of the server's replica set; null where it is of none, undefined where it does not say. */
async function setNameOf(url: string, host: string): Promise<string | null | undefined> {
  try {
    const client = new MongoClient(directUrl(url, host), DIRECTLY);
    const { setName } = await client
      .db('admin')
      .command({ hello: 1 })
      .finally(() => closeClient(client));
    return typeof setName === 'string' ? setName : null;
  } catch {
    return undefined;
  }
}

const DIRECTLY = { directConnection: true, serverSelectionTimeoutMS: 2_000, connectTimeoutMS: 2_000 } as const;

/** The same user at this one host, whatever set it is of. */
const directUrl = (url: string, host: string): string =>
  url
    .replace(/^(mongodb:\/\/(?:[^@/]*@)?)[^/?]*/, (_, start: string) => start + host)
    .replace(/(?<=[?&])replicaSet=[^&]*&?/i, '');
