import { StoreRefusedError } from '../../event-store/index.js';

/** The driver's code. Asked by shape, not by class: the driver may come from another realm. */
const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

export const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);

/** Another connection holds the lock; the file itself is well. */
export const isBusy = (error: unknown): boolean => codeOf(error).startsWith('SQLITE_BUSY');

const ADVICE: readonly (readonly [string, string])[] = [
  ['SQLITE_NOTADB', 'it is not a SQLite file; move it away, or restore it from a backup'],
  ['SQLITE_CORRUPT', 'it is corrupt; restore the whole data directory from a backup'],
  ['SQLITE_CANTOPEN', 'it cannot be opened; check that this user may read and write the data directory'],
  ['SQLITE_READONLY', 'it cannot be written; check owner, permissions and mount of the data directory'],
  ['EACCES', 'it cannot be opened; check that this user may read and write the data directory'],
  ['SQLITE_FULL', 'the disk is full; free some space and start again'],
  ['ENOSPC', 'the disk is full; free some space and start again'],
  ['SQLITE_BUSY', 'another process holds it locked; stop that process or wait for it, and start again'],
  ['SQLITE_IOERR', 'the disk answers with errors; check it before starting again'],
];

/** What an error while opening means for the one who starts the engine. */
export function refusal(path: string, error: unknown): StoreRefusedError {
  const code = codeOf(error);
  const advice = ADVICE.find(([prefix]) => code.startsWith(prefix))?.[1];
  const reason = advice ?? 'it cannot be used; restore the whole data directory from a backup';
  return new StoreRefusedError(`${path}: ${reason} (${messageOf(error)})`, { cause: error });
}
