import type Database from 'better-sqlite3';
import { lookIntoFile, openSqliteFile, type SqliteFile } from '../../sqlite/index.js';
import { SearchIndexUnavailableError, type SearchBuildState } from '../search-index.js';
import { BuildCatalog } from './build-catalog.js';

export type SearchAccess = 'read-write' | 'read-only';

const SEARCH_FILE: SqliteFile = {
  content: 'derived',
  /** "CWse". */
  applicationId: 0x43577365,
  schemaVersion: 2,
  /** `commits` counts the commits of a build, by which readers find what has changed since their last refresh. */
  create: (database) =>
    database.exec(`
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
  `),
  cacheKib: { 'read-write': 16_384, 'read-only': 16_384 },
  unavailable: SearchIndexUnavailableError,
};

/** Lists the builds of an existing file. @throws StoreRefusedError as `openSearchFile` */
export const seeBuilds = (path: string): readonly SearchBuildState[] =>
  lookIntoFile(SEARCH_FILE, path, (database) => new BuildCatalog(database).states());

/** Opens the file, and creates it where it is missing. @throws StoreRefusedError it is not ours, of another format or damaged */
export const openSearchFile = (path: string, access: SearchAccess): Database.Database =>
  openSqliteFile(SEARCH_FILE, path, access);
