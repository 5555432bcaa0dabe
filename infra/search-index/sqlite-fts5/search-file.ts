import type Database from 'better-sqlite3';
import { openDerivedFile, type DerivedFile } from '../../sqlite/index.js';
import { SearchIndexUnavailableError } from '../search-index.js';

export type SearchAccess = 'read-write' | 'read-only';

const SEARCH_FILE: DerivedFile = {
  /** "CWse". */
  applicationId: 0x43577365,
  format: 1,
  /** `commits` counts the commits of a build: by it readers see what has changed since they looked. */
  schema: `
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
  `,
  pragmas: ['cache_size = -32768'],
  unavailable: SearchIndexUnavailableError,
};

/** Opens the file, making it where it is missing. @throws StoreRefusedError it is not ours, of another format or damaged */
export const openSearchFile = (path: string, access: SearchAccess): Promise<Database.Database> =>
  openDerivedFile(SEARCH_FILE, path, access);
