import { openDocuments, openIndex, openKeyStore, openRawEventStore, type Access } from './adapters.js';
import { personalFields } from './personal-fields.js';
import type { Config } from '../config/index.js';
import type { EventStore } from '../event-store/index.js';
import { sealEventStore } from '../event-store/sealing/seal-event-store.js';
import { registeredUpcasters } from '../event-store/upcasting/registered-upcasters.js';
import { upcastEventStore } from '../event-store/upcasting/upcast-event-store.js';
import type { CommitObserver } from '../event-store/sqlite/index.js';
import type { KeyStore } from '../key-store/index.js';
import type { ReadStore } from '../read-store/index.js';
import type { SearchIndex } from '../search-index/index.js';

/** The log as every part of the program sees it, with the keys behind its personal data. */
export interface Log {
  readonly events: EventStore;
  /** The same with what is personal left sealed: for those who follow everything and need none of it. */
  readonly sealed: EventStore;
  readonly keys: KeyStore;
  close(): Promise<void>;
}

type LogConfig = Pick<Config, 'eventStoreUrl' | 'keyStoreUrl' | 'serverSecret'>;

/** Opens the log, with its personal data sealed. */
export async function openLog(config: LogConfig, access: Access, onCommit?: CommitObserver): Promise<Log> {
  const store = await openRawEventStore(config.eventStoreUrl, access, onCommit);
  const options = { url: config.keyStoreUrl, secret: config.serverSecret, access };
  const keys = await openKeyStore(options).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
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

type ReadConfig = Pick<Config, 'readStoreUrl'>;

/** Opens the read models. */
export const openReadStore = ({ readStoreUrl }: ReadConfig, access: Access): Promise<ReadStore> =>
  openDocuments(readStoreUrl, access, 'read');

/**
 * Opens what the write-side and the sagas derive for themselves: snapshots and the index of unfinished sagas. Apart from
 * the read models, so that they never wait for a projection's transaction.
 */
export const openProcessStore = ({ readStoreUrl }: ReadConfig): Promise<ReadStore> =>
  openDocuments(readStoreUrl, 'read-write', 'processes');

/** Opens the search index. */
export const openSearchIndex = (
  { searchUrl, searchApiKey }: Pick<Config, 'searchUrl' | 'searchApiKey'>,
  access: Access,
): Promise<SearchIndex> => openIndex({ url: searchUrl, apiKey: searchApiKey, access });
