import { join } from 'node:path';
import { StoreRefusedError } from '../shared/store-errors.js';
import type { EventStore, LogChain, LogKeeper, LogRegister } from '../event-store/index.js';
import { isLogImporter, type LogImporter } from '../event-store/log-importer.js';
import type { LogObserver } from '../event-store/log-observer.js';
import {
  openSqliteEventStore,
  openSqliteForImport,
  openSqliteLogChain,
  openSqliteLogKeeper,
} from '../event-store/sqlite/index.js';
import type { KeyStore } from '../key-store/index.js';
import type { KeyTransfer } from '../key-store/key-transfer.js';
import { openSqliteKeyStore } from '../key-store/sqlite/sqlite-key-store.js';
import { openSqliteKeyTransfer } from '../key-store/sqlite/sqlite-key-transfer.js';
import type { DocumentStore } from '../document-store/index.js';
import { openSqliteDocumentStore, openThreadedDocumentStore } from '../document-store/sqlite/index.js';
import type { ReadModelStore } from '../read-model-store/index.js';
import { openSqliteReadModelStore } from '../read-model-store/sqlite/index.js';
import type { SearchIndex } from '../search-index/index.js';
import { overwriteDeleted } from '../sqlite/index.js';
import { openSqliteSearchIndex } from '../search-index/sqlite-fts5/index.js';

// The scheme of a URL names the adapter. The driver of a server is loaded only where it is used.

export type Access = 'read-write' | 'read-only';

/** Tells whether the URL names files of the embedded default. */
export const isEmbedded = (url: string): boolean => url.startsWith('sqlite:');

export const directoryOf = (url: string): string => url.slice('sqlite:'.length);

/** How long opening waits for a server; after that the engine answers 503 and tries again. */
const PATIENCE_MS = 5_000;

/** Opens the event store as it is, with personal data sealed. */
export async function openRawEventStore(
  url: string,
  access: Access,
  observer: LogObserver = {},
): Promise<EventStore & LogRegister> {
  if (isEmbedded(url)) return openSqliteEventStore({ directory: directoryOf(url), access, ...observer });
  const { openEventStoreDb } = await import('../event-store/eventstoredb/index.js');
  return openEventStoreDb({ url, access, ...observer, limits: { open: PATIENCE_MS } });
}

/** Opens the event store that another log is copied into; no engine may append to it meanwhile. */
export async function openForImport(url: string): Promise<EventStore & LogImporter> {
  if (isEmbedded(url)) return openSqliteForImport(directoryOf(url));
  const store: EventStore = await openRawEventStore(url, 'read-write');
  if (isLogImporter(store)) return store;
  await store.close();
  throw new StoreRefusedError('this event store cannot take over another log');
}

/** Opens the log for an operator's statement about it as a whole; no engine may run on it. */
export async function openLogKeeper(url: string): Promise<LogKeeper> {
  if (isEmbedded(url)) return openSqliteLogKeeper(directoryOf(url));
  const { openEventStoreDb } = await import('../event-store/eventstoredb/index.js');
  return openEventStoreDb({ url, access: 'read-write', limits: { open: PATIENCE_MS } });
}

/**
 * Opens the hashes of a log, also of one that no engine starts on any more.
 * @throws StoreRefusedError there is no log, or it keeps no hashes
 */
export function openLogChain(url: string): LogChain & { close(): void } {
  if (isEmbedded(url)) return openSqliteLogChain(directoryOf(url));
  throw new StoreRefusedError('a log on EventStoreDB keeps no hashes that cover what a reader sees');
}

export interface KeyStoreOptions {
  readonly url: string;
  readonly secret: Buffer;
  readonly access: Access;
}

export async function openKeyStore({ url, secret, access }: KeyStoreOptions): Promise<KeyStore> {
  if (isEmbedded(url)) return openSqliteKeyStore({ directory: directoryOf(url), secret, access });
  const { openMongoKeyStore } = await import('../key-store/mongodb/index.js');
  return openMongoKeyStore({ url, secret, access, patienceMs: PATIENCE_MS });
}

/** Opens the key store to move its persons while no engine runs on it. */
export async function openKeyTransfer({ url, secret, access }: KeyStoreOptions): Promise<KeyTransfer> {
  if (isEmbedded(url)) return openSqliteKeyTransfer({ directory: directoryOf(url), secret, access });
  const { openMongoKeyTransfer } = await import('../key-store/mongodb/index.js');
  return openMongoKeyTransfer({ url, secret, access, patienceMs: PATIENCE_MS });
}

export async function openReadModels(url: string, access: Access): Promise<ReadModelStore> {
  if (isEmbedded(url)) return openSqliteReadModelStore({ directory: directoryOf(url), access });
  const { openMongoReadModelStore } = await import('../read-model-store/mongodb/index.js');
  return openMongoReadModelStore({ url, access, space: 'read', patienceMs: PATIENCE_MS });
}

/** Opens the document store, which is apart from the read models of the same URL. */
export async function openDocuments(url: string, access: Access): Promise<DocumentStore> {
  if (isEmbedded(url)) return openSqliteDocumentStore({ directory: directoryOf(url), file: PROCESSES_FILE, access });
  const { openMongoDocumentStore } = await import('../document-store/mongodb/index.js');
  return openMongoDocumentStore({ url, access, space: 'processes', patienceMs: PATIENCE_MS });
}

/** Opens the document store for a thread that answers requests. A thread of its own writes the embedded default to the disk. */
export async function openDocumentsAside(url: string): Promise<DocumentStore> {
  if (isEmbedded(url)) return openThreadedDocumentStore({ directory: directoryOf(url), file: PROCESSES_FILE });
  return openDocuments(url, 'read-write');
}

export const PROCESSES_FILE = 'processes.db';

/** Removes what is left of deleted read models from the files of the embedded default; a server does so by itself. */
export async function overwriteDeletedDocuments(url: string): Promise<void> {
  if (isEmbedded(url)) await overwriteDeleted(join(directoryOf(url), 'read.db'));
}

export interface IndexOptions {
  readonly url: string;
  readonly apiKey: string | null;
  readonly access: Access;
}

/** Reads the prefix of index names from the path of a cluster's URL, which separates installations that share the cluster. */
export async function openIndex({ url, apiKey, access }: IndexOptions): Promise<SearchIndex> {
  if (isEmbedded(url)) return openSqliteSearchIndex({ directory: directoryOf(url), access });
  const { openElasticsearchIndex } = await import('../search-index/elasticsearch/index.js');
  const cluster = new URL(url);
  const name = cluster.pathname.replaceAll('/', '');
  cluster.pathname = '';
  const credentials = apiKey === null ? {} : { apiKey };
  const prefix = name === '' ? '' : `${name}-`;
  return openElasticsearchIndex({ url: cluster.href, access, prefix, waitAtOpenMs: PATIENCE_MS, ...credentials });
}
