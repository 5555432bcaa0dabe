import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteReadModelStore } from '../sqlite/index.js';
import type { ReadModelStore } from '../read-model-store.js';

export interface TemporaryReadModelStore {
  readonly store: ReadModelStore;
  readonly directory: string;
  /** One more opener of the same file; closed with the rest. */
  open(access: 'read-write' | 'read-only'): Promise<ReadModelStore>;
  /** Closes every opener and deletes the directory. */
  close(): Promise<void>;
}

/** A read model store of its own in a temporary directory, for tests. */
export async function openTemporaryReadModelStore(): Promise<TemporaryReadModelStore> {
  const directory = await mkdtemp(join(tmpdir(), 'cartwright-read-'));
  const opened: ReadModelStore[] = [];
  const open = async (access: 'read-write' | 'read-only'): Promise<ReadModelStore> => {
    const store = await openSqliteReadModelStore({ directory, access });
    opened.push(store);
    return store;
  };
  return {
    store: await open('read-write'),
    directory,
    open,
    close: async () => {
      for (const store of opened) await store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
