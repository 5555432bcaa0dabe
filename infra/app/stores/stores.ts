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

/** The log as every part of the program sees it, with the keys behind its personal data. */
export interface Log {
  readonly events: EventStore;
  /** The same with what is personal left sealed: for those who follow everything and need none of it. */
  readonly sealed: EventStore;
  /** The same as it is stored. */
  readonly stored: EventStore & LogRegister;
  readonly keys: KeyStore;
  close(): Promise<void>;
}

type LogConfig = Pick<Config, 'eventStoreUrl' | 'keyStoreUrl' | 'serverSecret'>;

/**
 * Opens the log, with its personal data sealed.
 * @throws StoreRefusedError it cannot be used; opened to be written, also where its times or its keys do not fit
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
  // Before an empty one is made in its place.
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
 * Opens what the write-side and the sagas note for themselves: snapshots, kept outcomes, cursors, leases. Apart from
 * the read models, so that they never wait for a projection's transaction.
 */
export const openProcessStore = ({ readStoreUrl }: ReadConfig): Promise<DocumentStore> =>
  openDocuments(readStoreUrl, 'read-write');

/** The same where requests are answered. */
export const openProcessStoreAside = ({ readStoreUrl }: ReadConfig): Promise<DocumentStore> =>
  openDocumentsAside(readStoreUrl);

/** Opens the search index. */
export const openSearchIndex = (
  { searchUrl, searchApiKey }: Pick<Config, 'searchUrl' | 'searchApiKey'>,
  access: Access,
): Promise<SearchIndex> => openIndex({ url: searchUrl, apiKey: searchApiKey, access });
