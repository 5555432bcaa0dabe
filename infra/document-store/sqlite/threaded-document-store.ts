import { GroupQueue } from '../../sqlite/writer/group-queue.js';
import { WriterThread } from '../../sqlite/writer/writer-thread.js';
import { workerEntry } from '../../worker/worker-entry.js';
import { DocumentStoreUnavailableError, UnknownCollectionError, type DocumentStore } from '../document-store.js';
import { openSqliteDocumentStore } from './open-sqlite-document-store.js';
import type { DocumentsWritten, DocumentWrite, Failure, WriterOptions } from './writer-protocol.js';

const MOST_IN_GROUP = 64;

/**
 * Opens the document store on a SQLite file that a thread of its own writes, so that the caller's thread, which reads, never waits for
 * the disk. Writes are done in the order of their calls, and every read that begins after their acknowledgement sees them.
 * @throws StoreRefusedError as `openSqliteDocumentStore`
 */
export async function openThreadedDocumentStore(options: WriterOptions): Promise<DocumentStore> {
  const entry = await workerEntry('document-writer.worker', import.meta.url);
  const thread = await WriterThread.start<readonly DocumentWrite[], DocumentsWritten>(entry, {
    name: 'document-writer',
    workerData: options,
  });
  const queue = new GroupQueue(thread, { mostInGroup: MOST_IN_GROUP, unavailable });
  try {
    return threaded(await openSqliteDocumentStore({ ...options, access: 'read-only' }), queue);
  } catch (error) {
    await queue.close();
    throw error;
  }
}

function threaded(reader: DocumentStore, queue: GroupQueue<DocumentWrite, DocumentsWritten>): DocumentStore {
  const write = (one: DocumentWrite): Promise<boolean> =>
    queue.write(one, ({ results }, index) => resultOf(results[index]));
  return {
    ensure: async (collection) => void (await write({ kind: 'ensure', collection })),
    put: async (collection, puts) => void (await write({ kind: 'put', collection, puts: JSON.stringify(puts) })),
    compareAndSet: (collection, change) => write({ kind: 'compare-and-set', collection, change }),
    clear: async (collection) => void (await write({ kind: 'clear', collection })),
    get: (collection, id) => reader.get(collection, id),
    getMany: (collection, ids) => reader.getMany(collection, ids),
    find: (collection, query) => reader.find(collection, query),
    scan: (collection, page) => reader.scan(collection, page),
    ping: async () => {
      if (queue.ended !== null) throw unavailable(queue.ended);
      await reader.ping();
    },
    close: async () => {
      await queue.close();
      await reader.close();
    },
  };
}

const unavailable = (reason: string): DocumentStoreUnavailableError =>
  new DocumentStoreUnavailableError(`nothing is written to the document store any more: ${reason}`);

function resultOf(result: boolean | Failure = false): boolean {
  if (typeof result === 'boolean') return result;
  const error = new (ERRORS[result.name] ?? Error)(result.message);
  error.message = result.message;
  throw error;
}

const ERRORS: Readonly<Record<string, new (message: string) => Error>> = {
  DocumentStoreUnavailableError,
  UnknownCollectionError,
};
