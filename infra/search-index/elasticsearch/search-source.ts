import type { estypes } from '@elastic/elasticsearch';
import type { Connection } from './connection.js';
import type { IndexNames } from './index-names.js';

/** The source of a search: the live build in its present state, or in its pinned one. */
export type Source =
  | { readonly pit: { readonly id: string } }
  | { readonly index: string; readonly ignore_unavailable: true };

export const liveSource = (names: IndexNames): Source => ({ index: names.live, ignore_unavailable: true });

/** Reads the total of an answer that counts all matches. */
export const totalOf = ({ total }: estypes.SearchHitsMetadata<unknown>): number =>
  typeof total === 'number' ? total : (total?.value ?? 0);

/** Sends a search; a partial answer counts as an error. */
export async function request<Document, Counted = Record<string, never>>(
  { client }: Connection,
  source: Source,
  body: Omit<estypes.SearchRequest, 'index'>,
): Promise<estypes.SearchResponse<Document, Counted>> {
  return client.search<Document, Counted>({
    ...source,
    allow_partial_search_results: false,
    track_total_hits: true,
    ...body,
  });
}
