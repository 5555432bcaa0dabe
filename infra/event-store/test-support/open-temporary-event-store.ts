import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '../event-store.js';
import { openSqliteEventStore } from '../sqlite/index.js';

export interface TemporaryEventStore {
  readonly store: EventStore;
  readonly directory: string;
  /** Closes the store and removes the directory. */
  cleanup(): Promise<void>;
}

/** An empty embedded event store in a directory of its own, for specs. */
export async function openTemporaryEventStore(): Promise<TemporaryEventStore> {
  const directory = mkdtempSync(join(tmpdir(), 'cartwright-events-'));
  const store = await openSqliteEventStore({ directory, access: 'read-write' });
  return {
    store,
    directory,
    cleanup: async () => {
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
