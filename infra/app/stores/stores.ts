import {
  openDocuments,
  openDocumentsAside,
  openIndex,
  openKeyStore,
  openRawEventStore,
  openReadModels,
  type Access,
} from '../adapters.js';
import { personAggregate } from '../../../domain/person/index.js';
import { streamOf } from '../../../domain/shared/index.js';
import { personalFields } from '../../../domain/personal-fields.js';
import type { Config } from '../../config/index.js';
import { checkKeys } from './check-keys.js';
import { checkTimes } from './check-times.js';
import { isInstalled } from './embedded-files.js';
import type { EventStore, LogRegister } from '../../event-store/index.js';
import { sealEventStore } from '../../key-store/sealing/seal-event-store.js';
import { registeredUpcasters } from '../../event-store/upcasting/registered-upcasters.js';
import { upcastEventStore } from '../../event-store/upcasting/upcast-event-store.js';
import type { LogObserver } from '../../event-store/log-observer.js';
import type { KeyStore } from '../../key-store/index.js';
import type { DocumentStore } from '../../document-store/index.js';
import type { ReadModelStore } from '../../read-model-store/index.js';
import type { SearchIndex } from '../../search-index/index.js';

/** The log in the forms that the parts of the program need, with the keys of its personal data. */
export interface Log {
  readonly events: EventStore;
  /** The log with personal data sealed, for followers that need none of it. */
  readonly sealed: EventStore;
  /** The log as it is stored. */
  readonly stored: EventStore & LogRegister;
  readonly keys: KeyStore;
  close(): Promise<void>;
}

type LogConfig = Pick<Config, 'eventStoreUrl' | 'keyStoreUrl' | 'serverSecret'>;

/**
 * Opens the log, which seals personal data.
 * @throws StoreRefusedError the log cannot be used; when it is opened for writing, also where its times or its keys do not fit
 */
export async function openLog(config: LogConfig, access: Access, observer?: LogObserver): Promise<Log> {
  const store = await openRawEventStore(config.eventStoreUrl, access, observer);
  const keys = await openFittingKeys(config, store, access).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const wasForgotten = (personId: string): Promise<boolean> =>
    exists(store, streamOf(personAggregate.category, personId));
  const sealing = sealEventStore(store, { keys, fields: personalFields, wasForgotten });
  const events = upcastEventStore(sealing, registeredUpcasters);
  return {
    events,
    sealed: upcastEventStore(store, registeredUpcasters),
    stored: store,
    keys,
    close: async () => {
      await events.close();
      await keys.close();
    },
  };
}

async function exists(store: EventStore, stream: string): Promise<boolean> {
  for await (const _ of store.read(stream, { limit: 1 })) return true;
  return false;
}

async function openFittingKeys(config: LogConfig, store: Log['stored'], access: Access): Promise<KeyStore> {
  const { keyStoreUrl: url, serverSecret: secret } = config;
  const isChecked = access === 'read-write';
  if (isChecked) await checkTimes(store);
  // This comes before an empty log is created in its place.
  if (isChecked && !isInstalled(url, 'keys.db')) await checkKeys(store, null);
  const keys = await openKeyStore({ url, secret, access });
  try {
    if (isChecked) await checkKeys(store, keys);
    return keys;
  } catch (error) {
    await keys.close();
    throw error;
  }
}

type ReadConfig = Pick<Config, 'readStoreUrl'>;

/** Opens the read models. */
export const openReadModelStore = ({ readStoreUrl }: ReadConfig, access: Access): Promise<ReadModelStore> =>
  openReadModels(readStoreUrl, access);

/**
 * Opens the documents of write-side and sagas: snapshots, kept outcomes, cursors, leases. They are apart from the read models, so
 * that they never wait for a projection's transaction.
 */
export const openProcessStore = ({ readStoreUrl }: ReadConfig): Promise<DocumentStore> =>
  openDocuments(readStoreUrl, 'read-write');

/** Opens the same documents for the thread that answers requests. */
export const openProcessStoreAside = ({ readStoreUrl }: ReadConfig): Promise<DocumentStore> =>
  openDocumentsAside(readStoreUrl);

/** Opens the search index. */
export const openSearchIndex = (
  { searchUrl, searchApiKey }: Pick<Config, 'searchUrl' | 'searchApiKey'>,
  access: Access,
): Promise<SearchIndex> => openIndex({ url: searchUrl, apiKey: searchApiKey, access });
