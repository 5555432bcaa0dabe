import { setTimeout as delay } from 'node:timers/promises';
import { ReadModelStoreUnavailableError } from '../../read-model-store/read-model-store.js';
import type { Connection } from '../sqlite-file.js';
import { openDatabase } from './database-file.js';

const PATIENCE_MS = 30_000;
const RETRY_MS = 100;

/**
 * Empties the write-ahead log of a read model store's file, also beside an engine at work: until then it holds documents as they
 * were. The file itself keeps nothing of what was deleted or replaced, see `secure_delete` where it is opened.
 * @throws ReadModelStoreUnavailableError readers or writers stand in the way all the time
 */
export async function overwriteDeleted(path: string): Promise<void> {
  const database = openDatabase(path, 'read-write');
  try {
    const giveUpAt = performance.now() + PATIENCE_MS;
    while (!isEmptied(database)) {
      if (performance.now() > giveUpAt)
        throw new ReadModelStoreUnavailableError(`${path}-wal is in use all the time and cannot be emptied`);
      await delay(RETRY_MS);
    }
  } finally {
    database.close();
  }
}

function isEmptied(database: Connection): boolean {
  const [result] = database.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[];
  return result?.busy === 0;
}
