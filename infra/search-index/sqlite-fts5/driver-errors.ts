import { SearchIndexUnavailableError } from '../search-index.js';

const UNAVAILABLE = /^SQLITE_(FULL|IOERR|BUSY|LOCKED|CANTOPEN|READONLY|NOMEM)/;
const NO_TABLE = /\bno such table\b/;
const DAMAGED = /^SQLITE_(CORRUPT|NOTADB)/;

/**
 * The SQLite result code of an error; empty for any other error. By what it says and not by its class: the driver's native
 * part keeps the class that it was given first, also where its module is loaded again.
 */
export function sqliteCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : '';
}

export const isDamage = (error: unknown): boolean => DAMAGED.test(sqliteCode(error));

/** A build was dropped under a statement that was prepared on it. */
export const isMissingTable = (error: unknown): boolean =>
  sqliteCode(error) === 'SQLITE_ERROR' && NO_TABLE.test(String(error));

/** The port's error for a driver's; anything else is handed through. */
export function translated(error: unknown): unknown {
  if (isDamage(error)) {
    const advice = 'the file of the search index is damaged: stop, delete it and start again; it is rebuilt';
    return new SearchIndexUnavailableError(advice, { cause: error });
  }
  const code = sqliteCode(error);
  return UNAVAILABLE.test(code)
    ? new SearchIndexUnavailableError(`the search index cannot answer: ${code}`, { cause: error })
    : error;
}
