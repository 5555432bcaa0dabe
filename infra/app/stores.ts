import { personalFields } from './personal-fields.js';
import type { Config } from '../config/index.js';
import type { EventStore } from '../event-store/index.js';
import { sealEventStore } from '../event-store/sealing/seal-event-store.js';
import { registeredUpcasters } from '../event-store/upcasting/registered-upcasters.js';
import { upcastEventStore } from '../event-store/upcasting/upcast-event-store.js';
import { openSqliteEventStore, type CommitObserver } from '../event-store/sqlite/index.js';
import type { KeyStore } from '../key-store/index.js';
import { openSqliteKeyStore } from '../key-store/sqlite/sqlite-key-store.js';
import type { ReadStore } from '../read-store/index.js';
import { openSqliteReadStore } from '../read-store/sqlite/index.js';
import type { SearchIndex } from '../search-index/index.js';
import { openSqliteSearchIndex } from '../search-index/sqlite-fts5/index.js';

export type Access = 'read-write' | 'read-only';

/** The log as every part of the program sees it, with the keys behind its personal data. */
export interface Log {
  readonly events: EventStore;
  /** The same with what is personal left sealed: for those who follow everything and need none of it. */
  readonly sealed: EventStore;
  readonly keys: KeyStore;
  close(): Promise<void>;
}

type StoreConfig = Pick<Config, 'eventStoreUrl' | 'readStoreUrl' | 'serverSecret'>;

const directoryOf = (url: string): string => url.slice(url.indexOf(':') + 1);

/** Opens the log: the adapter that the URL's scheme names, with its personal data sealed. */
export async function openLog(config: StoreConfig, access: Access, onCommit?: CommitObserver): Promise<Log> {
  const directory = directoryOf(config.eventStoreUrl);
  const store = await openSqliteEventStore({ directory, access, ...(onCommit && { onCommit }) });
  const keys = await openSqliteKeyStore({ directory, secret: config.serverSecret, access }).catch(
    async (error: unknown) => {
      await store.close();
      throw error;
    },
  );
  const events = upcastEventStore(sealEventStore(store, keys, personalFields), registeredUpcasters);
  return {
    events,
    sealed: upcastEventStore(store, registeredUpcasters),
    keys,
    close: async () => {
      await events.close();
      await keys.close();
    },
  };
}

/** Opens the read models. */
export const openReadStore = (config: StoreConfig, access: Access): Promise<ReadStore> =>
  openSqliteReadStore({ directory: directoryOf(config.readStoreUrl), access });

/** Opens the search index. */
export const openSearchIndex = (config: Pick<Config, 'searchUrl'>, access: Access): Promise<SearchIndex> =>
  openSqliteSearchIndex({ directory: directoryOf(config.searchUrl), access });

/**
 * Opens what the write-side and the sagas derive for themselves: snapshots and the index of unfinished sagas. A file of
 * its own, so that they never wait for a projection's transaction.
 */
export const openProcessStore = (config: StoreConfig): Promise<ReadStore> =>
  openSqliteReadStore({
    directory: directoryOf(config.readStoreUrl),
    access: 'read-write',
    file: 'processes.db',
  });
