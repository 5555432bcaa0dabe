import type Database from 'better-sqlite3';
import { lookIntoFile, openSqliteFile, type SqliteFile } from '../sqlite-file.js';
import { ReadModelStoreUnavailableError, type CollectionState } from '../../read-model-store/read-model-store.js';
import { CollectionCatalog } from './collection-catalog.js';
import { DocumentReader } from './document-reader.js';

const READ_STORE_FILE: SqliteFile = {
  content: 'derived',
  /** "CWrd". */
  applicationId: 0x43577264,
  schemaVersion: 1,
  create: (database) =>
    database.exec(`
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
  `),
  // What was deleted is overwritten, on pages that nothing uses any more too: documents hold personal data.
  secureDelete: true,
  cacheKib: { 'read-write': 16_384, 'read-only': 8_192 },
  unavailable: ReadModelStoreUnavailableError,
};

/** Which collections a file holds that is there. @throws StoreRefusedError as `openDatabase` */
export const seeCollections = (path: string): readonly CollectionState[] =>
  lookIntoFile(READ_STORE_FILE, path, (database) => new CollectionCatalog(database).states());

/** A document of a file that is there, or none. @throws StoreRefusedError as `openDatabase` */
export const seeDocument = <Doc>(path: string, collection: string, id: string): readonly Doc[] =>
  lookIntoFile(READ_STORE_FILE, path, (database) => {
    const layout = new CollectionCatalog(database).layout(collection);
    const found = layout === undefined ? undefined : new DocumentReader(database, layout).get<Doc>(id);
    return found === undefined ? [] : [found.doc];
  });

/** Opens the file, making it where it is missing. @throws StoreRefusedError it is not ours, of another format or damaged */
export const openDatabase = (path: string, access: 'read-write' | 'read-only'): Database.Database =>
  openSqliteFile(READ_STORE_FILE, path, access);
