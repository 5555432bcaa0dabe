import type Database from 'better-sqlite3';
import { lookIntoDerivedFile, openDerivedFile, type DerivedFile } from '../../sqlite/index.js';
import { ReadStoreUnavailableError, type CollectionState } from '../read-store.js';
import { CollectionCatalog } from './collection-catalog.js';

const READ_STORE_FILE: DerivedFile = {
  /** "CWrd". */
  applicationId: 0x43577264,
  format: 1,
  schema: `
    CREATE TABLE collections (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      version INTEGER NOT NULL,
      build INTEGER NOT NULL,
      live INTEGER NOT NULL,
      indexes TEXT NOT NULL,
      log_id TEXT,
      position TEXT,
      UNIQUE (name, version, build)
    );
  `,
  // What was deleted is overwritten, on pages that nothing uses any more too: documents hold personal data.
  pragmas: ['secure_delete = ON'],
  unavailable: ReadStoreUnavailableError,
};

/** Which collections a file holds that is there. @throws StoreRefusedError as `openDatabase` */
export const seeCollections = (path: string): readonly CollectionState[] =>
  lookIntoDerivedFile(READ_STORE_FILE, path, (database) => new CollectionCatalog(database).states());

/** Opens the file, making it where it is missing. @throws StoreRefusedError it is not ours, of another format or damaged */
export const openDatabase = (path: string, access: 'read-write' | 'read-only'): Promise<Database.Database> =>
  openDerivedFile(READ_STORE_FILE, path, access);
