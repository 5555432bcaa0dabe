import { StoreRefusedError } from '../shared/store-errors.js';

const UNAVAILABLE = /^SQLITE_(FULL|IOERR|BUSY|LOCKED|CANTOPEN|READONLY|NOMEM)/;
const DAMAGED = /^SQLITE_(CORRUPT|NOTADB)/;

/** What to do about a file that cannot be used. */
export interface Remedies {
  readonly damaged: string;
  readonly foreign: string;
  readonly halfWritten: string;
  readonly newer: string;
  readonly noDatabase: string;
  readonly unreadable: string;
}

const MAY_READ = 'check that this user may read it';
const BACKUP = 'restore the whole data directory from a backup';
const DELETE = 'delete it and start again: it is derived and rebuilt from the events';
const FORGET = 'delete it and start again: what it holds is made again when it is asked for';

const deleting = (remedy: string): Remedies => ({
  damaged: remedy,
  foreign: remedy,
  halfWritten: remedy,
  newer: `${remedy}; or upgrade the engine`,
  noDatabase: remedy,
  unreadable: MAY_READ,
});

/** By whether a file is the only one that holds what it holds. */
export const REMEDIES: Readonly<Record<'recorded' | 'derived' | 'transient', Remedies>> = {
  recorded: {
    damaged: BACKUP,
    foreign: 'choose another data directory',
    halfWritten: BACKUP,
    newer: 'upgrade the engine',
    noDatabase: 'move it away, or restore it from a backup',
    unreadable: MAY_READ,
  },
  derived: deleting(DELETE),
  transient: deleting(FORGET),
};

/**
 * The SQLite result code of an error; empty for any other error. By what it says and not by its class: the driver's native
 * part keeps the class that it was given first, also where its module is loaded again.
 */
export function sqliteCode(error: unknown): string {
  const code = codeOf(error);
  return code.startsWith('SQLITE_') ? code : '';
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** By shape, as `sqliteCode`. */
export const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);

/** Another connection holds the lock; the file itself is well. */
export const isBusy = (error: unknown): boolean => sqliteCode(error).startsWith('SQLITE_BUSY');

/** The disk or the file failed (full, input/output, corrupt, read-only, ...): nothing may be written any more. */
export const isFatal = (error: unknown): boolean =>
  sqliteCode(error) !== '' && !isBusy(error) && sqliteCode(error) !== 'SQLITE_TOOBIG';

/** The commit frame may have reached the file although its fsync failed: a restart may find it. */
export const isUnknownAtCommit = (error: unknown): boolean => sqliteCode(error) === 'SQLITE_IOERR_FSYNC';

/** A table was dropped under a statement that was prepared on it. */
export const isMissingTable = (error: unknown): boolean =>
  sqliteCode(error) === 'SQLITE_ERROR' && String(error).includes('no such table');

const MAY_NOT = 'it cannot be opened; check that this user may read and write the data directory';
const DISK_FULL = 'the disk is full; free some space and start again';

const ADVICE: readonly (readonly [string, (remedies: Remedies) => string])[] = [
  ['SQLITE_NOTADB', ({ noDatabase }) => `it is not a SQLite file; ${noDatabase}`],
  ['SQLITE_CORRUPT', ({ damaged }) => `it is corrupt; ${damaged}`],
  ['SQLITE_CANTOPEN', () => MAY_NOT],
  ['EACCES', () => MAY_NOT],
  ['SQLITE_READONLY', () => 'it cannot be written; check owner, permissions and mount of the data directory'],
  ['SQLITE_FULL', () => DISK_FULL],
  ['ENOSPC', () => DISK_FULL],
  ['SQLITE_BUSY', () => 'another process holds it locked; stop that process or wait for it, and start again'],
  ['SQLITE_IOERR', () => 'the disk answers with errors; check it before starting again'],
];

/** What an error while opening means for the one who starts the engine. */
export function refusal(path: string, error: unknown, content: keyof typeof REMEDIES): StoreRefusedError {
  const remedies = REMEDIES[content];
  const advice = ADVICE.find(([prefix]) => codeOf(error).startsWith(prefix))?.[1];
  const reason = advice?.(remedies) ?? `it cannot be used; ${remedies.damaged}`;
  return new StoreRefusedError(`${path}: ${reason} (${messageOf(error)})`, { cause: error });
}

/**
 * The port's error for a driver's; anything else is handed through.
 * @param what `the read store`
 */
export function translatedBy(what: string, unavailable: UnavailableError): (error: unknown) => unknown {
  return (error) => {
    const code = sqliteCode(error);
    if (DAMAGED.test(code))
      return new unavailable(`the file of ${what} is damaged: stop, delete it and start again; it is rebuilt`, {
        cause: error,
      });
    return UNAVAILABLE.test(code) ? new unavailable(`${what} cannot answer: ${code}`, { cause: error }) : error;
  };
}

/** The error class by which a port says that its store cannot answer now. */
export type UnavailableError = new (message: string, options?: ErrorOptions) => Error;
