import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { makeDirectory, syncDirectory } from '../shared/directories.js';
import { StoreRefusedError } from '../shared/store-errors.js';
import { leavingAlone } from './leaving-alone.js';
import { switchToWal } from './write-ahead-log.js';
import { isBusy, messageOf, refusal, REMEDIES, type Remedies, type UnavailableError } from './sqlite-errors.js';

export type Connection = Database.Database;

/** A kind of file of ours. */
export interface SqliteFile {
  /**
   * `recorded`: every commit is on disk when it is acknowledged, and what is wrong with the file is mended from a backup.
   * `derived`: a power cut may lose the last commits, which are made again; it never damages the file, which may be deleted.
   * `transient`: nobody misses it tomorrow; nothing is synced, a power cut may damage the file, which is deleted then.
   */
  readonly content: 'recorded' | 'derived' | 'transient';
  /** In the file's header: tells it from other programs' files, and from ours of another kind. */
  readonly applicationId: number;
  /** Version of the schema that is made, in the header too. */
  readonly schemaVersion: number;
  /** The least version that can be read; default the one that is made. */
  readonly leastSchemaVersion?: number;
  /** What is said of a file of an earlier version. */
  readonly olderVersion?: string;
  /** Makes the tables of an empty file, within a transaction. */
  readonly create: (database: Connection) => void;
  /** What a write-ahead log without its file holds, `events`; where given, it is never thrown away. */
  readonly holds?: string;
  /** Bytes of a page, where another number is wanted than SQLite's own. */
  readonly pageBytes?: number;
  /** Whether it is its owner's alone; SQLite gives the files beside it the same mode. */
  readonly isPrivate?: true;
  /** Whether what is deleted is overwritten, on pages that nothing uses any more too. */
  readonly secureDelete?: true;
  /** Pages that a connection keeps, in KiB: what it lacks, the system's cache of the file has. */
  readonly cacheKib?: { readonly 'read-write': number; readonly 'read-only': number };
  /** Milliseconds to wait for another process's transaction, where the common time is too long. */
  readonly busyTimeoutMs?: number;
  /** Thrown where others keep the file locked and waiting may help; where none is given, that is a refusal too. */
  readonly unavailable?: UnavailableError;
}

/** How long to wait for another process's transaction, milliseconds. */
export const BUSY_TIMEOUT_MS = 5_000;
const BUSY_PAUSE_MS = 5;
/** Of derived files. Pages of 4 KB: rare checkpoints write a page that changed often only once. */
const WAL_PAGES_BEFORE_CHECKPOINT = 8_000;
const WAL_BYTES_KEPT = 64 * 1024 * 1024;

/**
 * Opens the file, making it and its directory where they are missing; `read-only` writes nothing afterwards.
 * @throws StoreRefusedError it cannot be used; the message says what to do
 */
export function openSqliteFile(kind: SqliteFile, path: string, access: 'read-write' | 'read-only' = 'read-write') {
  prepareDirectory(dirname(path));
  inspectHeader(kind, path);
  return guarded(kind, path, () => {
    if (kind.isPrivate === true) closeSync(openSync(path, 'a', 0o600));
    const database = new Database(path, { timeout: kind.busyTimeoutMs ?? BUSY_TIMEOUT_MS });
    return closingOnFailure(database, () => {
      makeDurable(kind, database, path);
      if (isBlank(database)) create(kind, database);
      checkKind(kind, database, path);
      // The write-ahead log is there by now, before anything is acknowledged.
      if (kind.content === 'recorded') syncDirectory(dirname(path));
      if (kind.cacheKib !== undefined) database.pragma(`cache_size = -${kind.cacheKib[access]}`);
      if (access === 'read-only') database.pragma('query_only = ON');
      return database;
    });
  });
}

/**
 * Opens a file that is there for reading alone, and leaves it, and what stands beside it, as they are.
 * @throws StoreRefusedError as `openSqliteFile`
 */
export function openExistingFile(kind: SqliteFile, path: string): Connection {
  inspectHeader(kind, path);
  return guarded(kind, path, () => {
    const database = new Database(path, { ...leavingAlone(path), timeout: BUSY_TIMEOUT_MS });
    return closingOnFailure(database, () => {
      checkKind(kind, database, path);
      return database;
    });
  });
}

/** Looks into a file that is there. @throws StoreRefusedError as `openSqliteFile` */
export function lookIntoFile<Seen>(kind: SqliteFile, path: string, look: (database: Connection) => Seen): Seen {
  const database = openExistingFile(kind, path);
  try {
    return guarded(kind, path, () => look(database));
  } finally {
    database.close();
  }
}

/** Errors of the driver as refusals that say what to do. */
export function guarded<Result>(kind: SqliteFile, path: string, open: () => Result): Result {
  try {
    return open();
  } catch (error) {
    // Whatever a call says then: neither a backup nor another disk would help.
    if (!existsSync(dirname(path)))
      throw new StoreRefusedError(`${path}: its directory is not there any more; start again`, { cause: error });
    if (error instanceof StoreRefusedError) throw error;
    if (kind.unavailable !== undefined && isBusy(error))
      throw new kind.unavailable(`${path} is locked`, { cause: error });
    throw refusal(path, error, kind.content);
  }
}

export function closingOnFailure<Result>(database: Connection, use: () => Result): Result {
  try {
    return use();
  } catch (error) {
    database.close();
    throw error;
  }
}

/** @throws StoreRefusedError the connection does not write through as its kind has to */
export function checkSynchronous({ content }: SqliteFile, database: Connection, path: string): void {
  const wanted = SYNCHRONOUS[content];
  const synchronous = pragma(database, 'synchronous');
  if (synchronous !== wanted.number)
    throw new StoreRefusedError(
      `${path}: synchronous is ${String(synchronous)}, not ${wanted.name}; commits would not be safe`,
    );
}

const SYNCHRONOUS = {
  recorded: { name: 'FULL', number: 2 },
  derived: { name: 'NORMAL', number: 1 },
  transient: { name: 'OFF', number: 0 },
} as const;

function prepareDirectory(directory: string): void {
  try {
    makeDirectory(directory);
    accessSync(directory, constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof StoreRefusedError) throw error;
    const what = 'the data directory cannot be written; create it or give this user the right to';
    throw new StoreRefusedError(`${directory}: ${what} (${messageOf(error)})`, { cause: error });
  }
}

const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';

/** Looks at the file before SQLite does, which would throw away the write-ahead log of a file that is gone. */
function inspectHeader(kind: SqliteFile, path: string): void {
  const remedies = REMEDIES[kind.content];
  const size = sizeOf(path);
  const walSize = sizeOf(`${path}-wal`);
  if (size === 0 && walSize > 0 && kind.holds !== undefined)
    throw new StoreRefusedError(
      `${path}: it is missing or empty, but ${path}-wal holds ${kind.holds}; restore the two together from a backup`,
    );
  if (size === 0) return;
  const header = readHeader(path, remedies);
  if (header.toString('latin1', 0, MAGIC.length) !== MAGIC)
    throw new StoreRefusedError(`${path}: it is not a SQLite file; ${remedies.noDatabase}`);
  // Before it is opened: choosing a write-ahead log would write into another program's file. One page holds no table yet.
  if (walSize === 0 && pagesOf(header) > 1 && applicationOf(header) !== kind.applicationId)
    throw foreign(path, remedies);
  // The write-ahead log may hold the pages that the file lacks: then it is SQLite's to put together.
  if (walSize === 0 && size < pagesOf(header) * pageSizeOf(header))
    throw new StoreRefusedError(`${path}: it is shorter than it says, a half-written copy; ${remedies.halfWritten}`);
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
const pageSizeOf = (header: Buffer): number => (header.readUInt16BE(16) === 1 ? 65536 : header.readUInt16BE(16));
const applicationOf = (header: Buffer): number => header.readInt32BE(68);
const pagesOf = (header: Buffer): number => header.readUInt32BE(28);

function readHeader(path: string, remedies: Remedies): Buffer {
  try {
    const file = openSync(path, 'r');
    try {
      const header = Buffer.alloc(HEADER_BYTES);
      readSync(file, header, 0, HEADER_BYTES, 0);
      return header;
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new StoreRefusedError(`${path}: it cannot be read; ${remedies.unreadable} (${messageOf(error)})`, {
      cause: error,
    });
  }
}

/** The driver is built with synchronous=NORMAL for write-ahead logs, which loses acknowledged commits at power loss. */
function makeDurable(kind: SqliteFile, database: Connection, path: string): void {
  // Of a file that has pages this changes nothing.
  if (kind.pageBytes !== undefined) database.pragma(`page_size = ${kind.pageBytes}`);
  if (!retryingBusy(() => switchToWal(database)))
    throw new StoreRefusedError(`${path}: this file system cannot hold a write-ahead log; use a local disk`);
  database.pragma(`synchronous = ${SYNCHRONOUS[kind.content].name}`);
  checkSynchronous(kind, database, path);
  if (kind.content === 'derived') {
    database.pragma(`wal_autocheckpoint = ${WAL_PAGES_BEFORE_CHECKPOINT}`);
    database.pragma(`journal_size_limit = ${WAL_BYTES_KEPT}`);
  }
  if (kind.secureDelete !== true) return;
  database.pragma('secure_delete = ON');
  if (pragma(database, 'secure_delete') !== 1)
    throw new StoreRefusedError(`${path}: SQLite refuses secure_delete; what is deleted would stay in the file`);
}

/** Switching a new file to WAL does not wait on the busy timeout when two processes make it at once. */
function retryingBusy<Result>(run: () => Result): Result {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (const deadline = Date.now() + BUSY_TIMEOUT_MS; ; Atomics.wait(pause, 0, 0, BUSY_PAUSE_MS)) {
    try {
      return run();
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error;
    }
  }
}

const isBlank = (database: Connection): boolean =>
  pragma(database, 'application_id') === 0 &&
  database.prepare<[], number>('SELECT count(*) FROM sqlite_master').pluck().get() === 0;

function create(kind: SqliteFile, database: Connection): void {
  database
    .transaction(() => {
      // Another process may have made it between the look and the lock.
      if (!isBlank(database)) return;
      kind.create(database);
      database.pragma(`application_id = ${kind.applicationId}`);
      database.pragma(`user_version = ${kind.schemaVersion}`);
    })
    .immediate();
}

function checkKind(kind: SqliteFile, database: Connection, path: string): void {
  const remedies = REMEDIES[kind.content];
  if (pragma(database, 'application_id') !== kind.applicationId) throw foreign(path, remedies);
  const version = Number(pragma(database, 'user_version'));
  if (version > kind.schemaVersion)
    throw new StoreRefusedError(
      `${path}: its schema ${version} is newer than ${kind.schemaVersion}, all that this version knows; ${remedies.newer}`,
    );
  if (version < (kind.leastSchemaVersion ?? kind.schemaVersion))
    throw new StoreRefusedError(
      `${path}: ${kind.olderVersion ?? `its schema ${version} is too old for this version; ${remedies.damaged}`}`,
    );
}

const foreign = (path: string, remedies: Remedies): StoreRefusedError =>
  new StoreRefusedError(`${path}: it was not made by this engine; ${remedies.foreign}`);

const pragma = (database: Connection, name: string): unknown => database.pragma(name, { simple: true });
