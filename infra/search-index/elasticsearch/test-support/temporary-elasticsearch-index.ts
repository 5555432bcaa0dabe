import { randomUUID } from 'node:crypto';
import { Client } from '@elastic/elasticsearch';
import type { SearchIndex } from '../../search-index.js';
import { openElasticsearchIndex, type ElasticsearchIndexOptions } from '../index.js';

export interface TemporaryElasticsearchIndex {
  readonly index: SearchIndex;
  readonly prefix: string;
  /** To look at the server behind the index's back. */
  readonly client: Client;
  /** One more opener of the same index. */
  connect(): Promise<SearchIndex>;
  /** Closes every opener and deletes the indices. */
  dispose(): Promise<void>;
}

/** A search index of its own on a server, for tests. */
export async function openTemporaryElasticsearchIndex(
  options: Pick<ElasticsearchIndexOptions, 'url'> & Partial<ElasticsearchIndexOptions>,
): Promise<TemporaryElasticsearchIndex> {
  const prefix = `test-${randomUUID()}-`;
  const client = new Client({ node: options.url });
  const opened: SearchIndex[] = [];
  const connect = async (): Promise<SearchIndex> => {
    const index = await openElasticsearchIndex({ access: 'read-write', prefix, ...options });
    opened.push(index);
    return index;
  };
  return {
    index: await connect(),
    prefix,
    client,
    connect,
    dispose: async () => {
      for (const index of opened) await index.close();
      const left = Object.keys(await client.indices.get({ index: `${prefix}*` }));
      if (left.length > 0) await client.indices.delete({ index: left });
      await client.close();
    },
  };
}
