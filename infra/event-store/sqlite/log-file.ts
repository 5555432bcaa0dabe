import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { leavingAlone } from '../../sqlite/leaving-alone.js';
import { StoreRefusedError } from '../errors.js';
import { newLogId } from '../log-id.js';
import { chainStart } from './event-hash.js';
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from './schema.js';
import { isBusy, messageOf, refusal } from './sqlite-errors.js';

export type Connection = Database.Database;

export interface LogFile {
  readonly db: Connection;
  readonly logId: string;
}

export const logPath = (directory: string): string => join(directory, 'events.db');

/** Opens, and where there is none makes, the log of a directory for its one writing connection. */
export function openForWriting(directory: string): LogFile {
  const path = logPath(directory);
  prepareDirectory(directory);
  inspectHeader(path);
  return guarded(path, () => {
    const db = new Database(path, { timeout: 5000 });
    return closingOnFailure(db, () => {
      useDurableWal(db, path);
      if (isBlank(db)) create(db);
      const logId = verify(db, path);
      // From here on the writer waits by itself, and upkeep not at all.
      db.pragma('busy_timeout = 0');
      return { db, logId };
    });
  });
}

/** Opens an existing log for reading alone. */
export function openForReading(directory: string): LogFile {
  return openExisting(directory, (db, path) => ({ db, logId: verify(db, path) }));
}

/** The same where tables may not end alike, as whoever checks the log is to say what is missing. */
export function openForChecking(directory: string): Connection {
  return openExisting(directory, (db, path) => {
    verifyKind(db, path);
    return db;
  });
}

function openExisting<T>(directory: string, use: (db: Connection, path: string) => T): T {
  const path = logPath(directory);
  if (!existsSync(path)) throw new StoreRefusedError(`${path}: there is no log yet; start a writing process first`);
  inspectHeader(path);
  return guarded(path, () => {
    const db = new Database(path, { ...leavingAlone(path), timeout: 5000 });
    return closingOnFailure(db, () => use(db, path));
  });
}

function prepareDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.W_OK | constants.X_OK);
  } catch (error) {
    const what = 'the data directory cannot be written; create it or give this user the right to';
    throw new StoreRefusedError(`${directory}: ${what} (${messageOf(error)})`, { cause: error });
  }
}

const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';

/** Looks at the file before SQLite does, which would throw away the write-ahead log of a file that is gone. */
function inspectHeader(path: string): void {
  const size = sizeOf(path);
  const walSize = sizeOf(`${path}-wal`);
  if (size === 0 && walSize > 0)
    throw new StoreRefusedError(
      `${path}: it is missing or empty, but ${path}-wal holds events; restore the two together from a backup`,
    );
  if (size === 0) return;
  const header = readHeader(path);
  if (header.toString('latin1', 0, MAGIC.length) !== MAGIC)
    throw new StoreRefusedError(`${path}: it is not a SQLite file; move it away, or restore it from a backup`);
  // Before it is opened: choosing a write-ahead log would write into another program's file. One page holds no table yet.
  if (walSize === 0 && pagesOf(header) > 1 && applicationOf(header) !== APPLICATION_ID)
    throw new StoreRefusedError(`${path}: it was not made by this engine; choose another data directory`);
  // The write-ahead log may hold the pages that the file lacks: then it is SQLite's to put together.
  if (walSize === 0 && size < pagesOf(header) * pageSizeOf(header))
    throw new StoreRefusedError(`${path}: it is shorter than it says, a half-written copy; restore it from a backup`);
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
const pageSizeOf = (header: Buffer): number => (header.readUInt16BE(16) === 1 ? 65536 : header.readUInt16BE(16));
const applicationOf = (header: Buffer): number => header.readInt32BE(68);
const pagesOf = (header: Buffer): number => header.readUInt32BE(28);

function readHeader(path: string): Buffer {
  try {
    const file = openSync(path, 'r');
    try {
      const header = Buffer.alloc(Math.max(HEADER_BYTES, Math.min(HEADER_BYTES, fstatSync(file).size)));
      readSync(file, header, 0, HEADER_BYTES, 0);
      return header;
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new StoreRefusedError(`${path}: it cannot be read (${messageOf(error)})`, { cause: error });
  }
}

/** The driver is built with synchronous=NORMAL for write-ahead logs, which loses acknowledged commits at power loss. */
function useDurableWal(db: Connection, path: string): void {
  const mode = retryingBusy(() => db.pragma('journal_mode = WAL', { simple: true }));
  if (mode !== 'wal')
    throw new StoreRefusedError(`${path}: this file system cannot hold a write-ahead log; use a local disk`);
  db.pragma('synchronous = FULL');
  assertDurable(db, path);
}

export function assertDurable(db: Connection, path: string): void {
  const synchronous = db.pragma('synchronous', { simple: true });
  if (synchronous !== 2)
    throw new StoreRefusedError(`${path}: synchronous is ${String(synchronous)}, not FULL; commits would not be safe`);
}

function isBlank(db: Connection): boolean {
  return (
    db.pragma('application_id', { simple: true }) === 0 &&
    db.prepare<[], number>('SELECT count(*) FROM sqlite_master').pluck().get() === 0
  );
}

function create(db: Connection): void {
  db.transaction(() => {
    // Another process may have made it between the look and the lock.
    if (!isBlank(db)) return;
    db.exec(SCHEMA);
    const id = newLogId();
    db.prepare('INSERT INTO log (only, id, created_at) VALUES (1, ?, ?)').run(id, new Date().toISOString());
    db.prepare('INSERT INTO head (only, position, chain) VALUES (1, 0, unhex(?))').run(chainStart(id));
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${SCHEMA_VERSION}`);
  }).immediate();
}

const schemaOf = (db: Connection): number => Number(db.pragma('user_version', { simple: true }));

/** Cheap whatever the size of the log: who made it, which schema, and whether tables and indexes end alike. */
function verify(db: Connection, path: string): string {
  verifyKind(db, path);
  if (!endsAgree(db))
    throw new StoreRefusedError(`${path}: it is half-written or damaged; restore the whole directory from a backup`);
  const logId = db.prepare<[], string>(LOG_ID).pluck().get();
  if (logId === undefined)
    throw new StoreRefusedError(`${path}: its log id is missing; restore the whole directory from a backup`);
  return logId;
}

function verifyKind(db: Connection, path: string): void {
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID)
    throw new StoreRefusedError(`${path}: it was not made by this engine; choose another data directory`);
  const version = schemaOf(db);
  if (version > SCHEMA_VERSION)
    throw new StoreRefusedError(
      `${path}: its schema ${version} is newer than ${SCHEMA_VERSION}, all that this version knows; upgrade the engine`,
    );
  if (version < SCHEMA_VERSION)
    throw new StoreRefusedError(
      `${path}: a version before 0.1.0 made it, whose logs this one does not read; choose an empty data directory`,
    );
}

/** That of its creation, or of the last time that it was restored. */
const LOG_ID = `
  SELECT id FROM (
    SELECT id, 0 AS number FROM log UNION ALL SELECT id, number FROM log_record WHERE kind = 'restored'
  ) ORDER BY number DESC LIMIT 1`;

const ENDS = `
  SELECT
    head.position = coalesce(last.position, 0)
    AND (last.position IS NULL
      OR (SELECT position FROM events INDEXED BY events_by_stream
           WHERE stream = last.stream AND revision = last.revision) = last.position
      AND (SELECT revision FROM streams WHERE id = last.stream) = last.revision)
  FROM head LEFT JOIN (SELECT position, stream, revision FROM events ORDER BY position DESC LIMIT 1) AS last`;

const endsAgree = (db: Connection): boolean => db.prepare<[], number>(ENDS).pluck().get() === 1;

function closingOnFailure<T>(db: Connection, use: () => T): T {
  try {
    return use();
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Switching a new file to WAL does not wait on the busy timeout when two processes make it at once. */
function retryingBusy<T>(run: () => T): T {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (const deadline = Date.now() + 5000; ; Atomics.wait(pause, 0, 0, 5)) {
    try {
      return run();
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error;
    }
  }
}

function guarded<T>(path: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw error instanceof StoreRefusedError ? error : refusal(path, error);
  }
}
