import { PINNED_FOR_MS, type SearchIndex } from '../search-index.js';
import { Connection, type ConnectionOptions } from './connection.js';
import { ElasticsearchIndex } from './elasticsearch-index.js';
import { IndexNames } from './index-names.js';

export interface ElasticsearchIndexOptions extends ConnectionOptions {
  /** One runner writes; any number of processes search. */
  readonly access: 'read-write' | 'read-only';
  /**
   * Prefix of the names of all indices and aliases, for several installations on one cluster; default none. Writing needs all
   * privileges on `<prefix>products*`, reading `read` and `view_index_metadata`; none on the cluster.
   */
  readonly prefix?: string;
  /** How long the hits of a search by relevance stay pinned; default `PINNED_FOR_MS`. */
  readonly pinnedForMs?: number;
}

/**
 * Opens the search index of a cluster, and waits for it where it is away. Node checks certificates (`NODE_EXTRA_CA_CERTS`).
 * @throws SearchIndexUnavailableError it did not come in time, or it refuses the credentials
 */
export async function openElasticsearchIndex(options: ElasticsearchIndexOptions): Promise<SearchIndex> {
  const { access, prefix = '', pinnedForMs = PINNED_FOR_MS, waitAtOpenMs } = options;
  const connection = new Connection(options);
  const names = new IndexNames(prefix);
  try {
    await connection.waitUntil((client) => client.indices.existsAlias({ name: names.live }), waitAtOpenMs);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return new ElasticsearchIndex(connection, names, { access, pinnedForMs });
}
