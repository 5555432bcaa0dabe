import { StoreRefusedError } from '../errors.js';

/**
 * The driver's code, such as `SQLITE_IOERR_FSYNC`. Asked by shape, not by class: the driver may come from another realm.
 */
export function sqliteCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

export function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}

/** Another connection holds the lock; the log itself is well. */
export const isBusy = (error: unknown): boolean => sqliteCode(error).startsWith('SQLITE_BUSY');

/** The disk or the file failed (full, input/output, corrupt, read-only, ...): nothing may be written any more. */
export const isFatal = (error: unknown): boolean =>
  sqliteCode(error).startsWith('SQLITE_') && !isBusy(error) && sqliteCode(error) !== 'SQLITE_TOOBIG';

/** The commit frame may have reached the file although its fsync failed: a restart may find it. */
export const isUnknownAtCommit = (error: unknown): boolean => sqliteCode(error) === 'SQLITE_IOERR_FSYNC';

const ADVICE: readonly (readonly [string, string])[] = [
  ['SQLITE_NOTADB', 'it is not a SQLite file; move it away, or restore it from a backup'],
  ['SQLITE_CORRUPT', 'it is corrupt; restore the whole directory from a backup'],
  ['SQLITE_CANTOPEN', 'it cannot be opened; check that the directory exists and that this user may write to it'],
  ['SQLITE_READONLY', 'it cannot be written; check owner, permissions and mount of the directory'],
  ['SQLITE_FULL', 'the disk is full; free some space and start again'],
  ['SQLITE_BUSY', 'another process holds it locked; stop that process or wait for it, and start again'],
  ['SQLITE_IOERR', 'the disk answers with errors; check it before starting again'],
];

/** What an error while opening means for the one who starts the engine. */
export function refusal(path: string, error: unknown): StoreRefusedError {
  const code = sqliteCode(error);
  const advice = ADVICE.find(([prefix]) => code.startsWith(prefix))?.[1];
  const reason = advice ?? 'it cannot be used; restore it from a backup';
  return new StoreRefusedError(`${path}: ${reason} (${messageOf(error)})`, { cause: error });
}
