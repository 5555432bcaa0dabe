import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/index.js';
import { directoryOf, isEmbedded } from '../adapters.js';

const OTHERS = 0o077;
const STICKY = 0o1000;
/** Our databases with what SQLite puts beside them, and the generated secrets. */
const OURS = /^((events|keys|read|processes|search|search-pins)\.db(-wal|-shm|-journal)?|(auth|server)\.secret)$/;

export const isOurs = (name: string): boolean => OURS.test(name);

/** What this process makes from now on, in any of its threads, is its user's alone. */
export const makePrivately = (): void => void process.umask(OTHERS);

/** Takes the data directories and our files in them from everybody else; what an earlier version made was open to all. */
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
  // A directory that is shared on purpose, such as /tmp, stays so; the files in it are ours all the same.
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
    // The root of a mounted volume may be another user's; a side file may be gone in this moment.
    if (!['EPERM', 'EROFS', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
