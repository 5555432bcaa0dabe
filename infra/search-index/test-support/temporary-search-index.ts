import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SearchIndex } from '../search-index.js';
import { openSqliteSearchIndex, type SqliteSearchIndexOptions } from '../sqlite-fts5/index.js';

export interface TemporarySearchIndex {
  readonly index: SearchIndex;
  readonly directory: string;
  /** One more opener of the same files. */
  connect(): Promise<SearchIndex>;
  /** Closes every opener and deletes the directory. */
  dispose(): Promise<void>;
}

/** A search index of its own in a temporary directory, for tests. */
export async function openTemporarySearchIndex(
  options: Partial<SqliteSearchIndexOptions> = {},
): Promise<TemporarySearchIndex> {
  const directory = await mkdtemp(join(tmpdir(), 'cartwright-search-'));
  const opened: SearchIndex[] = [];
  const connect = async (): Promise<SearchIndex> => {
    const index = await openSqliteSearchIndex({ directory, access: 'read-write', ...options });
    opened.push(index);
    return index;
  };
  return {
    index: await connect(),
    directory,
    connect,
    dispose: async () => {
      for (const index of opened) await index.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
