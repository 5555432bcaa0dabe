import { closeSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { StoreRefusedError } from '../../event-store/index.js';
import { leavingAlone } from '../../sqlite/index.js';
import { APPLICATION_ID, LEAST_SCHEMA_VERSION, SCHEMA, SCHEMA_VERSION } from './schema.js';
import { refusal } from './sqlite-errors.js';

export type Connection = Database.Database;

/** How long to wait for another process's transaction, milliseconds. */
export const BUSY_TIMEOUT_MS = 5000;

export const keyPath = (directory: string): string => join(directory, 'keys.db');

/** Opens, and where there is none makes, the key file of a directory for a writing connection. */
export function openForWriting(directory: string, secretCheck: Uint8Array): Connection {
  const path = keyPath(directory);
  return guarded(path, () => {
    makePrivate(directory, path);
    return open(path, false, (db) => {
      useDurableWal(db, path);
      if (isBlank(db)) create(db, secretCheck);
      verify(db, path, secretCheck);
      if (!isSound(db)) throw damaged(path);
    });
  });
}

/** Opens a key file that is there for reading alone. */
export function openForReading(directory: string, secretCheck: Uint8Array): Connection {
  const path = keyPath(directory);
  return guarded(path, () => open(path, true, (db) => verify(db, path, secretCheck)));
}

function open(path: string, readonly: boolean, prepare: (db: Connection) => void): Connection {
  const access = readonly ? leavingAlone(path) : { readonly, fileMustExist: true };
  const db = new Database(path, { ...access, timeout: BUSY_TIMEOUT_MS });
  try {
    prepare(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The key file is its owner's alone; SQLite gives its side files the same mode. Refuses what is no SQLite file. */
function makePrivate(directory: string, path: string): void {
  mkdirSync(directory, { recursive: true });
  if (sizeOf(path) === 0 && sizeOf(`${path}-wal`) > 0)
    throw new StoreRefusedError(
      `${path}: it is missing or empty, but ${path}-wal holds keys; restore the two together from a backup`,
    );
  closeSync(openSync(path, 'a', 0o600));
  const header = Buffer.alloc(MAGIC.length);
  const file = openSync(path, 'r');
  const length = readSync(file, header, 0, header.length, 0);
  closeSync(file);
  if (length > 0 && header.toString('latin1') !== MAGIC)
    throw new StoreRefusedError(`${path}: it is not a SQLite file; move it away, or restore it from a backup`);
}

const MAGIC = 'SQLite format 3\0';
const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** The driver is built with synchronous=NORMAL for write-ahead logs, which loses acknowledged keys at power loss. */
function useDurableWal(db: Connection, path: string): void {
  if (db.pragma('journal_mode = WAL', { simple: true }) !== 'wal')
    throw new StoreRefusedError(`${path}: this file system cannot hold a write-ahead log; use a local disk`);
  db.pragma('synchronous = FULL');
  db.pragma('secure_delete = ON');
  const synchronous = db.pragma('synchronous', { simple: true });
  const secureDelete = db.pragma('secure_delete', { simple: true });
  if (synchronous !== 2 || secureDelete !== 1)
    throw new StoreRefusedError(`${path}: SQLite refuses synchronous=FULL or secure_delete; keys would not be safe`);
}

const isBlank = (db: Connection): boolean =>
  db.pragma('application_id', { simple: true }) === 0 &&
  db.prepare<[], number>('SELECT count(*) FROM sqlite_master').pluck().get() === 0;

function create(db: Connection, secretCheck: Uint8Array): void {
  db.transaction(() => {
    // Another process may have made it between the look and the lock.
    if (!isBlank(db)) return;
    db.exec(SCHEMA);
    db.prepare('INSERT INTO store (only, secret_check, forgotten) VALUES (1, ?, 0)').run(secretCheck);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${SCHEMA_VERSION}`);
  }).immediate();
}

function verify(db: Connection, path: string, secretCheck: Uint8Array): void {
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID)
    throw new StoreRefusedError(`${path}: it was not made by this engine; choose another data directory`);
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > SCHEMA_VERSION)
    throw new StoreRefusedError(`${path}: its schema ${version} is newer than ${SCHEMA_VERSION}; upgrade the engine`);
  const check = db.prepare<[], Buffer>('SELECT secret_check FROM store').pluck().get();
  if (version < LEAST_SCHEMA_VERSION || check === undefined) throw damaged(path);
  if (!check.equals(secretCheck))
    throw new StoreRefusedError(
      `${path}: it was made under another server secret, so nobody's address would be known again; ` +
        'start with that secret, or restore it together with this file',
    );
}

const damaged = (path: string): StoreRefusedError =>
  new StoreRefusedError(`${path}: it is damaged; restore the whole data directory from a backup`);

/** Looks at every page of a file up to 32 MiB (some 100 000 persons); a larger one would hold up the start. */
const isSound = (db: Connection): boolean =>
  Number(db.pragma('page_count', { simple: true })) > MOST_PAGES_CHECKED ||
  db.pragma('quick_check(1)', { simple: true }) === 'ok';

const MOST_PAGES_CHECKED = 8192;

function guarded<T>(path: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    throw error instanceof StoreRefusedError ? error : refusal(path, error);
  }
}
