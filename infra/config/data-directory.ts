import { statfsSync } from 'node:fs';
import { makeDirectory } from '../shared/directories.js';
import { ConfigError } from './config.js';

/** What the first start writes, with room for a few orders; less and it would be cut off half-way. */
const LEAST_FREE_BYTES = 32 * 1024 * 1024;
const MIB = 1024 * 1024;

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there; give it the right to, or set another DATA_DIR',
  EPERM: 'this user may not write there; give it the right to, or set another DATA_DIR',
  EROFS: 'it is on a file system that is read-only; mount it for writing, or set another DATA_DIR',
  ENOSPC: 'the disk is full; free some space, or set another DATA_DIR',
  EDQUOT: "this user's share of the disk is used up; free some space, or set another DATA_DIR",
  ENOTDIR: 'there is a file where a directory should be; set another DATA_DIR',
  EEXIST: 'it is a file, not a directory; set another DATA_DIR',
  ELOOP: 'its links lead in a circle; set another DATA_DIR',
  ENAMETOOLONG: 'its name is too long; set another DATA_DIR',
  // What `mkdir` says of a directory that it may not make, such as one below /proc or a dangling link.
  ENOENT: 'it cannot be made there; set another DATA_DIR',
};

/** What is wrong with a data directory, by the error of a call on it; null where that is not known. */
export function directoryProblem(directory: string, error: unknown): string | null {
  const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ''];
  return reason === undefined ? null : `DATA_DIR is ${directory}: ${reason}`;
}

/** Does something in the data directory. @throws ConfigError with what is wrong with the directory */
export function inDirectory<Result>(directory: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const problem = directoryProblem(directory, error);
    throw problem === null ? error : new ConfigError([problem]);
  }
}

/** Makes the data directory where it is missing. @throws ConfigError with what is wrong with it */
export const makeDataDirectory = (directory: string): void => inDirectory(directory, () => makeDirectory(directory));

/** Free bytes for this user on the disk of a directory that is there. */
export function freeBytes(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}

/** What is wrong with the free space for a first start; null where there is enough. */
export function spaceProblem(directory: string): string | null {
  const free = freeBytes(directory);
  if (free >= LEAST_FREE_BYTES) return null;
  return (
    `DATA_DIR is ${directory}: ${Math.floor(free / MIB)} MiB are free there, and a first start needs ` +
    `${LEAST_FREE_BYTES / MIB} MiB; free some space, or set another DATA_DIR`
  );
}
