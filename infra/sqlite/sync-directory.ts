import { closeSync, fsyncSync, openSync } from 'node:fs';
import { StoreRefusedError } from '../shared/store-errors.js';

/**
 * Makes the names of the files in a directory outlast a power loss. SQLite syncs it too, with the first commit to a new
 * write-ahead log, and takes no notice where that fails.
 * @throws StoreRefusedError the disk fails
 */
export function syncDirectory(directory: string): void {
  // Windows knows no such thing.
  if (process.platform === 'win32') return;
  try {
    const file = openSync(directory, 'r');
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StoreRefusedError(
      `${directory}: it cannot be synced; check the disk and the right to read the directory before starting again (${why})`,
      { cause: error },
    );
  }
}
