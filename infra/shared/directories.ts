import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreRefusedError } from './store-errors.js';

/**
 * Makes a directory and its parents where they are missing, their owner's alone; what was made outlasts a power loss. By hand: Node's
 * own way syncs nothing, and tries for ever where a parent is there and takes no directories, such as /proc.
 * @throws the file system's error; StoreRefusedError the disk fails
 */
export function makeDirectory(directory: string): void {
  if (isDirectory(directory)) return;
  const parent = dirname(directory);
  if (parent !== directory) makeDirectory(parent);
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    // Another process was faster, and may not have synced it yet; or it is a file.
    if (!isDirectory(directory)) throw error;
  }
  syncDirectory(parent);
}

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/**
 * Makes the names in a directory outlast a power loss. SQLite syncs it too, with the first commit to a new write-ahead log, and
 * takes no notice where that fails.
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
