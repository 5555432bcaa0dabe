import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteReadStore } from '../sqlite/index.js';
import type { ReadStore } from '../read-store.js';

export interface TemporaryReadStore {
  readonly store: ReadStore;
  readonly directory: string;
  /** One more opener of the same file; closed with the rest. */
  open(access: 'read-write' | 'read-only'): Promise<ReadStore>;
  /** Closes every opener and deletes the directory. */
  close(): Promise<void>;
}

/** A read store of its own in a temporary directory, for tests. */
export async function openTemporaryReadStore(): Promise<TemporaryReadStore> {
  const directory = await mkdtemp(join(tmpdir(), 'cartwright-read-'));
  const opened: ReadStore[] = [];
  const open = async (access: 'read-write' | 'read-only'): Promise<ReadStore> => {
    const store = await openSqliteReadStore({ directory, access });
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
