const UNAVAILABLE = /^SQLITE_(FULL|IOERR|BUSY|LOCKED|CANTOPEN|READONLY|NOMEM)/;
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

/** A table was dropped under a statement that was prepared on it. */
export const isMissingTable = (error: unknown): boolean =>
  sqliteCode(error) === 'SQLITE_ERROR' && String(error).includes('no such table');

/**
 * The port's error for a driver's; anything else is handed through.
 * @param what `the read store`
 */
export function translatedBy(what: string, unavailable: UnavailableError): (error: unknown) => unknown {
  return (error) => {
    if (isDamage(error)) {
      return new unavailable(`the file of ${what} is damaged: stop, delete it and start again; it is rebuilt`, {
        cause: error,
      });
    }
    const code = sqliteCode(error);
    return UNAVAILABLE.test(code) ? new unavailable(`${what} cannot answer: ${code}`, { cause: error }) : error;
  };
}

/** The error class by which a port says that its store cannot answer now. */
export type UnavailableError = new (message: string, options?: ErrorOptions) => Error;
