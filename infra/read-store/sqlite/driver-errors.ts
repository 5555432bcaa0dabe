import { ReadStoreUnavailableError } from '../read-store.js';

const UNAVAILABLE = /^SQLITE_(FULL|IOERR|BUSY|LOCKED|CANTOPEN|READONLY|NOMEM)/;
const DAMAGED = /^SQLITE_(CORRUPT|NOTADB)/;

/** The SQLite result code of an error; empty for any other error. By shape: the addon has one error class a process. */
export function sqliteCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' && error.code.startsWith('SQLITE_') ? error.code : '';
}

export const isDamage = (error: unknown): boolean => DAMAGED.test(sqliteCode(error));

/** A collection was dropped under a statement that was prepared on it. */
export const isMissingTable = (error: unknown): boolean =>
  sqliteCode(error) === 'SQLITE_ERROR' && String(error).includes('no such table');

/** The port's error for a driver's; anything else is handed through. */
export function translated(error: unknown): unknown {
  if (isDamage(error)) {
    return new ReadStoreUnavailableError(
      'the file of the read store is damaged: stop, delete it and start again; it is rebuilt',
      {
        cause: error,
      },
    );
  }
  const code = sqliteCode(error);
  return UNAVAILABLE.test(code)
    ? new ReadStoreUnavailableError(`the read store cannot answer: ${code}`, { cause: error })
    : error;
}
