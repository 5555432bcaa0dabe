import { ReadStoreUnavailableError } from '../read-store.js';
import type { CheckpointMove, CollectionCommit, CollectionDefinition, CollectionVersion } from '../read-store.js';
import type { DocumentWrite, ReadStore } from '../read-store.js';
import { openSqliteReadStore } from './sqlite-read-store.js';
import { WriterThread } from './writer-thread.js';
import type { WriterOptions } from './writer-protocol.js';

/**
 * The read store on one SQLite file that is written by a thread of its own: nobody waits for the disk on the caller's thread, which
 * reads. Writes are done in the order of their calls, and seen by every read that begins after they were acknowledged.
 * @throws StoreRefusedError as `openSqliteReadStore`
 */
export async function openThreadedReadStore(options: WriterOptions): Promise<ReadStore> {
  const writer = await WriterThread.start(options);
  try {
    return threaded(await openSqliteReadStore({ ...options, access: 'read-only' }), writer);
  } catch (error) {
    await writer.close();
    throw error;
  }
}

function threaded(reader: ReadStore, writer: WriterThread): ReadStore {
  const commitAll = (commits: readonly CollectionCommit[]): Promise<void> =>
    writer.write({ kind: 'commit', commits: JSON.stringify(commits) });
  return {
    ensure: (collection: CollectionDefinition) => writer.write({ kind: 'ensure', collection }),
    promote: (collection: CollectionVersion) => writer.write({ kind: 'promote', collection }),
    commit: (collection: CollectionVersion, writes: readonly DocumentWrite[], move: CheckpointMove) =>
      commitAll([{ collection, writes, move }]),
    commitAll,
    collections: () => reader.collections(),
    get: (collection, id) => reader.get(collection, id),
    getMany: (collection, ids) => reader.getMany(collection, ids),
    load: (collection, ids) => reader.load(collection, ids),
    find: (collection, query) => reader.find(collection, query),
    scan: (collection, page) => reader.scan(collection, page),
    checkpoint: (collection) => reader.checkpoint(collection),
    ping: async () => {
      if (writer.ended !== null) throw new ReadStoreUnavailableError(`nothing is written any more: ${writer.ended}`);
      await reader.ping();
    },
    close: async () => {
      await writer.close();
      await reader.close();
    },
  };
}
