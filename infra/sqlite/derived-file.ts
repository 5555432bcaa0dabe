import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { StoreRefusedError } from '../event-store/index.js';
import { leavingAlone } from './leaving-alone.js';
import { isDamage, sqliteCode, type UnavailableError } from './sqlite-errors.js';

const BUSY_TIMEOUT_MS = 5_000;
const OPEN_ATTEMPTS = 100;
/** Pages of 4 KB: rare checkpoints write a page that changed often only once. */
const WAL_PAGES_BEFORE_CHECKPOINT = 8_000;
const WAL_BYTES_KEPT = 64 * 1024 * 1024;

/** A kind of file that holds derived data. */
export interface DerivedFile {
  /** Tells our file from another program's, and one kind of ours from the other. */
  readonly applicationId: number;
  readonly format: number;
  /** Makes the tables of an empty file. */
  readonly schema: string;
  /** Pragmas of each connection beside the common ones. */
  readonly pragmas: readonly string[];
  /** Thrown where others keep the file locked. */
  readonly unavailable: UnavailableError;
}

/** Opens the file, making it where it is missing. @throws StoreRefusedError it is not ours, of another format or damaged */
export async function openDerivedFile(
  kind: DerivedFile,
  path: string,
  access: 'read-write' | 'read-only',
): Promise<Database.Database> {
  mkdirSync(dirname(path), { recursive: true });
  for (let attempt = 1; ; attempt += 1) {
    const database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
    try {
      prepareFile(kind, database, path);
      configure(kind, database, access);
      return database;
    } catch (error) {
      database.close();
      if (isDamage(error)) throw refused(path, 'is damaged or no SQLite database', error);
      // Changing the journal mode does not wait for others that open the same new file.
      if (!sqliteCode(error).startsWith('SQLITE_BUSY')) throw error;
      if (attempt === OPEN_ATTEMPTS) throw new kind.unavailable(`${path} is locked`, { cause: error });
      await delay(20);
    }
  }
}

/**
 * Looks into a file that is there and leaves it, and what stands beside it, as they are.
 * @throws StoreRefusedError as `openDerivedFile`
 */
export function lookIntoDerivedFile<Seen>(
  kind: DerivedFile,
  path: string,
  look: (database: Database.Database) => Seen,
) {
  const database = new Database(path, { ...leavingAlone(path), timeout: BUSY_TIMEOUT_MS });
  try {
    checkKind(kind, database, path);
    return look(database);
  } catch (error) {
    throw isDamage(error) ? refused(path, 'is damaged or no SQLite database', error) : error;
  } finally {
    database.close();
  }
}

function prepareFile(kind: DerivedFile, database: Database.Database, path: string): void {
  if (pragma(database, 'application_id') === 0 && tableCount(database) === 0) {
    database.pragma('journal_mode = WAL');
    database.transaction(() => createSchema(kind, database)).immediate();
  }
  checkKind(kind, database, path);
  if (pragma(database, 'journal_mode') !== 'wal') database.pragma('journal_mode = WAL');
}

function checkKind(kind: DerivedFile, database: Database.Database, path: string): void {
  if (pragma(database, 'application_id') !== kind.applicationId) throw refused(path, 'belongs to another program');
  if (pragma(database, 'user_version') !== kind.format) throw refused(path, 'has the format of another version');
}

/** Two processes may find the file empty; the second finds the tables made. */
function createSchema({ schema, applicationId, format }: DerivedFile, database: Database.Database): void {
  if (tableCount(database) !== 0) return;
  database.exec(schema);
  database.pragma(`application_id = ${applicationId}`);
  database.pragma(`user_version = ${format}`);
}

function configure({ pragmas }: DerivedFile, database: Database.Database, access: 'read-write' | 'read-only'): void {
  // Derived data: a power cut may lose the last commits, their events are folded again. It never damages the file.
  database.pragma('synchronous = NORMAL');
  database.pragma(`wal_autocheckpoint = ${WAL_PAGES_BEFORE_CHECKPOINT}`);
  database.pragma(`journal_size_limit = ${WAL_BYTES_KEPT}`);
  for (const own of pragmas) database.pragma(own);
  if (access === 'read-only') database.pragma('query_only = ON');
}

const pragma = (database: Database.Database, name: string): unknown => database.pragma(name, { simple: true });

const tableCount = (database: Database.Database): unknown =>
  database.prepare('SELECT count(*) FROM sqlite_master').pluck().get();

const refused = (path: string, why: string, cause?: unknown): StoreRefusedError =>
  new StoreRefusedError(`${path} ${why}; delete it and start again: it is derived and rebuilt from the events`, {
    cause,
  });
