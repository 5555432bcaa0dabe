import { openDatabase } from './database-file.js';
import { SqliteReadStore } from './sqlite-read-store.js';
import type { ReadStore } from '../read-store.js';

export interface SqliteReadStoreOptions {
  /** Holds `read.db`; made where it is missing. */
  readonly directory: string;
  /** One runner writes; any number of others read. */
  readonly access: 'read-write' | 'read-only';
}

/** @throws StoreRefusedError the file is not ours, too new or damaged; the message says to delete it */
export const openSqliteReadStore = async ({ directory, access }: SqliteReadStoreOptions): Promise<ReadStore> =>
  new SqliteReadStore(await openDatabase(directory, access));
