import { GroupQueue } from '../../sqlite/writer/group-queue.js';
import { WriterThread } from '../../sqlite/writer/writer-thread.js';
import { workerEntry } from '../../worker/worker-entry.js';
import { KeyStoreUnavailableError } from '../errors.js';
import type { PersonWriter } from './person-writer.js';
import { KEY_BYTES, type KeysWritten, type KeyWrite, type KeyWriterOptions } from './writer-protocol.js';

const MOST_IN_GROUP = 512;

const unavailable = (reason: string): KeyStoreUnavailableError =>
  new KeyStoreUnavailableError(`the key store cannot be written: ${reason}`);

/**
 * Starts the thread that writes keys.
 * @throws StoreRefusedError the directory or the file in it cannot be used
 */
export async function startKeyWriter(options: KeyWriterOptions): Promise<PersonWriter> {
  const entry = await workerEntry('key-writer.worker', import.meta.url);
  const thread = await WriterThread.start<readonly KeyWrite[], KeysWritten>(entry, {
    name: 'key-store-writer',
    workerData: options,
  });
  const queue = new GroupQueue(thread, { mostInGroup: MOST_IN_GROUP, unavailable });
  return {
    get broken() {
      return queue.ended;
    },
    personFor: (identityHash) =>
      queue.write({ kind: 'person', identityHash }, ({ personIds, keys, forgotten }, index) => ({
        personId: personIds[index] ?? '',
        key: keys.slice(index * KEY_BYTES, (index + 1) * KEY_BYTES),
        forgotten,
      })),
    forget: (personId) => queue.write({ kind: 'forget', personId }, ({ forgotten }) => forgotten),
    finish: () => queue.finish(),
    end: () => queue.close(),
  };
}
