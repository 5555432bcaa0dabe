import { join } from 'node:path';
import {
  closingOnFailure,
  guarded,
  openExistingFile,
  openSqliteFile,
  type Connection,
  type SqliteFile,
} from '../../sqlite/index.js';
import { StoreRefusedError } from '../../shared/store-errors.js';
import { APPLICATION_ID, LEAST_SCHEMA_VERSION, SCHEMA, SCHEMA_VERSION } from './schema.js';

export type { Connection };

const keyFile = (secretCheck: Uint8Array): SqliteFile => ({
  content: 'recorded',
  applicationId: APPLICATION_ID,
  schemaVersion: SCHEMA_VERSION,
  leastSchemaVersion: LEAST_SCHEMA_VERSION,
  holds: 'keys',
  isPrivate: true,
  secureDelete: true,
  create: (db) => {
    db.exec(SCHEMA);
    db.prepare('INSERT INTO store (only, secret_check, forgotten) VALUES (1, ?, 0)').run(secretCheck);
  },
});

const keyPath = (directory: string): string => join(directory, 'keys.db');

/** Opens the key file of a directory for a writing connection, and creates it where there is none. */
export function openForWriting(directory: string, secretCheck: Uint8Array): Connection {
  const [kind, path] = [keyFile(secretCheck), keyPath(directory)];
  const db = openSqliteFile(kind, path);
  return guarded(kind, path, () =>
    closingOnFailure(db, () => {
      checkSecret(db, path, secretCheck);
      if (!isSound(db)) throw damaged(path);
      return db;
    }),
  );
}

/** Opens an existing key file for reading only. */
export function openForReading(directory: string, secretCheck: Uint8Array): Connection {
  const [kind, path] = [keyFile(secretCheck), keyPath(directory)];
  const db = openExistingFile(kind, path);
  return guarded(kind, path, () =>
    closingOnFailure(db, () => {
      checkSecret(db, path, secretCheck);
      return db;
    }),
  );
}

function checkSecret(db: Connection, path: string, secretCheck: Uint8Array): void {
  const check = db.prepare<[], Buffer>('SELECT secret_check FROM store').pluck().get();
  if (check === undefined) throw damaged(path);
  if (!check.equals(secretCheck))
    throw new StoreRefusedError(
      `${path}: it was made under another server secret, so nobody's address would be known again; ` +
        'start with that secret, or restore it together with this file',
    );
}

const damaged = (path: string): StoreRefusedError =>
  new StoreRefusedError(`${path}: it is damaged; restore the whole data directory from a backup`);

/** Checks every page of a file up to 32 MiB (some 100 000 persons); a larger one would delay the start. */
const isSound = (db: Connection): boolean =>
  Number(db.pragma('page_count', { simple: true })) > MOST_PAGES_CHECKED ||
  db.pragma('quick_check(1)', { simple: true }) === 'ok';

const MOST_PAGES_CHECKED = 8192;
