import { join } from 'node:path';
import { openDatabase } from '../../sqlite/documents/database-file.js';
import { SqliteDocumentStore } from '../../sqlite/documents/sqlite-document-store.js';
import type { DocumentStore } from '../document-store.js';

export interface SqliteDocumentStoreOptions {
  /** The directory; it is created where it is missing. */
  readonly directory: string;
  /** Name of the file in the directory. */
  readonly file: string;
  readonly access: 'read-write' | 'read-only';
}

/** @throws StoreRefusedError the file is not ours, too new or damaged; the message says to delete it */
export async function openSqliteDocumentStore(options: SqliteDocumentStoreOptions): Promise<DocumentStore> {
  const { directory, file, access } = options;
  return new SqliteDocumentStore(openDatabase(join(directory, file), access));
}
