import { readModels } from '../../projections/index.js';
import { checkModels } from '../../projections/runner/index.js';
import { checkCursor } from '../../sagas/index.js';
import type { Config } from '../config/index.js';
import type { ReadStore } from '../read-store/index.js';
import { openProcessStore, openReadStore, type Log } from './stores.js';

/**
 * Refuses what was derived from another log, before a lease or anything else is written to it.
 * @throws StoreRefusedError with what to do
 */
export async function checkDerivedData(config: Config, { events: eventStore }: Log): Promise<void> {
  if (config.roles.has('projections')) {
    await withStore(openReadStore(config, 'read-write'), (readStore) =>
      checkModels(readModels, { readStore, eventStore }),
    );
  }
  if (config.roles.has('sagas')) {
    await withStore(openProcessStore(config), (readStore) => checkCursor({ readStore, eventStore }));
  }
}

async function withStore(opening: Promise<ReadStore>, check: (store: ReadStore) => Promise<void>): Promise<void> {
  const store = await opening;
  try {
    await check(store);
  } finally {
    await store.close();
  }
}
