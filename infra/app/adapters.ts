import { StoreRefusedError, type EventStore } from '../event-store/index.js';
import { isLogImporter, type LogImporter } from '../event-store/log-importer.js';
import { openSqliteEventStore, openSqliteForImport, type CommitObserver } from '../event-store/sqlite/index.js';
import type { KeyStore } from '../key-store/index.js';
import { openSqliteKeyStore } from '../key-store/sqlite/sqlite-key-store.js';
import type { ReadStore } from '../read-store/index.js';
import { openSqliteReadStore } from '../read-store/sqlite/index.js';
import type { SearchIndex } from '../search-index/index.js';
import { openSqliteSearchIndex } from '../search-index/sqlite-fts5/index.js';

/** Which adapter a URL's scheme names. The drivers of real engines are loaded only where one is used. */
export type Access = 'read-write' | 'read-only';

/** Whether the URL names files of the embedded default. */
export const isEmbedded = (url: string): boolean => url.startsWith('sqlite:');

export const directoryOf = (url: string): string => url.slice('sqlite:'.length);

/** The event store as it is, with personal data sealed. */
export function openRawEventStore(url: string, access: Access, onCommit?: CommitObserver): Promise<EventStore> {
  return openSqliteEventStore({ directory: directoryOf(url), access, ...(onCommit && { onCommit }) });
}

/** The event store to copy another log into, as it is; no engine may append to it meanwhile. */
export async function openForImport(url: string): Promise<EventStore & LogImporter> {
  if (isEmbedded(url)) return openSqliteForImport(directoryOf(url));
  const store = await openRawEventStore(url, 'read-write');
  if (isLogImporter(store)) return store;
  await store.close();
  throw new StoreRefusedError('this event store cannot take over another log');
}

export interface KeyStoreOptions {
  readonly url: string;
  readonly secret: Buffer;
  readonly access: Access;
}

export function openKeyStore({ url, secret, access }: KeyStoreOptions): Promise<KeyStore> {
  return openSqliteKeyStore({ directory: directoryOf(url), secret, access });
}

/** `space` tells stores over one URL apart. */
export function openDocuments(url: string, access: Access, space: 'read' | 'processes'): Promise<ReadStore> {
  return openSqliteReadStore({ directory: directoryOf(url), access, file: `${space}.db` });
}

export function openIndex(url: string, access: Access): Promise<SearchIndex> {
  return openSqliteSearchIndex({ directory: directoryOf(url), access });
}
