import type { estypes } from '@elastic/elasticsearch';
import type { Connection } from './connection.js';
import type { IndexNames } from './index-names.js';

/** Where a search looks: the live build as it is now, or as it was when it was pinned. */
export type Source =
  { readonly pit: { readonly id: string } } | { readonly index: string; readonly ignore_unavailable: true };

export const liveSource = (names: IndexNames): Source => ({ index: names.live, ignore_unavailable: true });

/** Total of an answer that was asked to count all. */
export const totalOf = ({ total }: estypes.SearchHitsMetadata<unknown>): number =>
  typeof total === 'number' ? total : (total?.value ?? 0);

/** One request for a search; half an answer is none. */
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
