import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { StoreRefusedError } from '../../event-store/index.js';
import { SearchIndexUnavailableError } from '../search-index.js';
import { isDamage, sqliteCode } from './driver-errors.js';

export type SearchAccess = 'read-write' | 'read-only';

/** "CWse": tells our file from another program's. */
const APPLICATION_ID = 0x43577365;
const FORMAT = 1;
const BUSY_TIMEOUT_MS = 5_000;
const OPEN_ATTEMPTS = 100;
const WAL_PAGES_BEFORE_CHECKPOINT = 8_000;
const WAL_BYTES_KEPT = 64 * 1024 * 1024;

/** `commits` counts the commits of a build: by it readers see what has changed since they looked. */
const SCHEMA = `
  CREATE TABLE builds (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    build INTEGER NOT NULL,
    live INTEGER NOT NULL,
    commits INTEGER NOT NULL,
    log_id TEXT,
    position TEXT,
    UNIQUE (version, build)
  );
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${FORMAT};
`;

/** Opens the file, making it where it is missing. @throws StoreRefusedError it is not ours, of another format or damaged */
export async function openSearchFile(path: string, access: SearchAccess): Promise<Database.Database> {
  mkdirSync(dirname(path), { recursive: true });
  for (let attempt = 1; ; attempt += 1) {
    const database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
    try {
      prepareFile(database, path);
      configure(database, access);
      return database;
    } catch (error) {
      database.close();
      if (isDamage(error)) throw refused(path, 'is damaged or no SQLite database', error);
      // Changing the journal mode does not wait for others that open the same new file.
      if (!sqliteCode(error).startsWith('SQLITE_BUSY')) throw error;
      if (attempt === OPEN_ATTEMPTS) throw new SearchIndexUnavailableError(`${path} is locked`, { cause: error });
      await delay(20);
    }
  }
}

function prepareFile(database: Database.Database, path: string): void {
  if (pragma(database, 'application_id') === 0 && tableCount(database) === 0) {
    database.pragma('journal_mode = WAL');
    database.transaction(createSchema).immediate(database);
  }
  if (pragma(database, 'application_id') !== APPLICATION_ID) throw refused(path, 'belongs to another program');
  if (pragma(database, 'user_version') !== FORMAT) throw refused(path, 'has the format of another version');
  if (pragma(database, 'journal_mode') !== 'wal') database.pragma('journal_mode = WAL');
}

/** Two processes may find the file empty; the second finds the table made. */
function createSchema(database: Database.Database): void {
  if (tableCount(database) === 0) database.exec(SCHEMA);
}

function configure(database: Database.Database, access: SearchAccess): void {
  // Derived data: a power cut may lose the last commits, their events are folded again. It never damages the file.
  database.pragma('synchronous = NORMAL');
  database.pragma(`wal_autocheckpoint = ${WAL_PAGES_BEFORE_CHECKPOINT}`);
  database.pragma(`journal_size_limit = ${WAL_BYTES_KEPT}`);
  database.pragma('cache_size = -32768');
  if (access === 'read-only') database.pragma('query_only = ON');
}

const pragma = (database: Database.Database, name: string): unknown => database.pragma(name, { simple: true });

const tableCount = (database: Database.Database): unknown =>
  database.prepare('SELECT count(*) FROM sqlite_master').pluck().get();

const refused = (path: string, why: string, cause?: unknown): StoreRefusedError =>
  new StoreRefusedError(`${path} ${why}; delete it and start again: it is derived and rebuilt from the events`, {
    cause,
  });
