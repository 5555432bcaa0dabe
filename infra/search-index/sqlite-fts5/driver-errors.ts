import Database from 'better-sqlite3';
import { SearchIndexUnavailableError } from '../search-index.js';

const UNAVAILABLE = /^SQLITE_(FULL|IOERR|BUSY|LOCKED|CANTOPEN|READONLY|NOMEM)/;
const DAMAGED = /^SQLITE_(CORRUPT|NOTADB)/;

/** The SQLite result code of an error; empty for any other error. */
export const sqliteCode = (error: unknown): string => (error instanceof Database.SqliteError ? error.code : '');

export const isDamage = (error: unknown): boolean => DAMAGED.test(sqliteCode(error));

/** A build was dropped under a statement that was prepared on it. */
export const isMissingTable = (error: unknown): boolean =>
  sqliteCode(error) === 'SQLITE_ERROR' && error instanceof Error && error.message.startsWith('no such table');

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
