import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/index.js';
import { directoryOf, isEmbedded } from '../adapters.js';

const OTHERS = 0o077;
const STICKY = 0o1000;
/** The names of our databases, of SQLite's side files and of the generated secrets. */
const OURS = /^((events|keys|read|processes|search|search-pins)\.db(-wal|-shm|-journal)?|(auth|server)\.secret)$/;

export const isOurs = (name: string): boolean => OURS.test(name);

/** Makes all files that this process creates from now on private to its user, in all threads. */
export const makePrivately = (): void => void process.umask(OTHERS);

/** Makes the data directories and our files in them private; those of earlier versions were readable by all. */
export function keepPrivate(
  config: Pick<Config, 'dataDir' | `${'eventStore' | 'readStore' | 'search' | 'keyStore'}Url`>,
): void {
  const { dataDir, eventStoreUrl, readStoreUrl, searchUrl, keyStoreUrl } = config;
  const named = [eventStoreUrl, readStoreUrl, searchUrl, keyStoreUrl].filter(isEmbedded).map(directoryOf);
  for (const directory of new Set([dataDir, ...named])) closeToOthers(directory);
}

function closeToOthers(directory: string): void {
  const found = statSync(directory, { throwIfNoEntry: false });
  if (found === undefined || !found.isDirectory()) return;
  // A directory that is shared on purpose, such as /tmp, stays shared; only our files in it become private.
  if ((found.mode & STICKY) === 0) take(directory, found.mode);
  for (const name of readdirSync(directory).filter(isOurs)) {
    const path = join(directory, name);
    const file = statSync(path, { throwIfNoEntry: false });
    if (file !== undefined) take(path, file.mode);
  }
}

function take(path: string, mode: number): void {
  if ((mode & OTHERS) === 0) return;
  try {
    chmodSync(path, mode & ~OTHERS & 0o7777);
  } catch (error) {
    // The root of a mounted volume may belong to another user, and a side file may just have been deleted.
    if (!['EPERM', 'EROFS', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
