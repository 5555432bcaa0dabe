import { readModels } from '../../../projections/index.js';
import { checkRelayCursor } from '../../relay/index.js';
import { checkModels } from '../../engine/projections/index.js';
import { checkCursor } from '../../engine/sagas/index.js';
import type { Config } from '../../config/index.js';
import { openProcessStore, openReadModelStore, type Log } from './stores.js';

/**
 * Refuses derived data of another log, or of more events than this log has, before anything is written. Every process checks: one
 * that only appends would soon fill the positions of the missing events, and nobody would notice.
 * @throws StoreRefusedError whose message says what to do
 */
export async function checkDerivedData(config: Config, { events: eventStore }: Log): Promise<void> {
  const { roles } = config;
  await withStore(openReadModelStore(config, roles.has('projections') ? 'read-write' : 'read-only'), (readModelStore) =>
    checkModels(readModels, { readModelStore, eventStore }),
  );
  if (roles.size === 1 && roles.has('read-api')) return;
  await withStore(openProcessStore(config), async (documents) => {
    await checkCursor({ documents, eventStore });
    await checkRelayCursor({ documents, eventStore });
  });
}

interface Closable {
  close(): Promise<void>;
}

async function withStore<Store extends Closable>(
  opening: Promise<Store>,
  check: (store: Store) => Promise<void>,
): Promise<void> {
  const store = await opening;
  try {
    await check(store);
  } finally {
    await store.close();
  }
}
