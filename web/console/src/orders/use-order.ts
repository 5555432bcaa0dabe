import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { api, queries } from '../engine.js';

/** How often an open page asks for what is new. */
const FOLLOW_MS = 2_500;
/** What is loaded of a history by itself; the rest on request. */
const MOST_ENTRIES = 1_000;
const PAGE = 100;

/** The order as it is, followed while the page is open. */
export const useOrder = (id: string) =>
  useQuery({
    queryKey: ['order', id, 'now'],
    refetchInterval: FOLLOW_MS,
    queryFn: async ({ signal }) => {
      const { data } = await api.GET('/v1/orders/{id}', { params: { path: { id } }, signal });
      return data;
    },
  });

/** The order as it was at a time; not asked for where there is no time. */
export const useOrderAsOf = (id: string, asOf: string | null) =>
  useQuery({
    queryKey: ['order', id, 'as-of', asOf],
    enabled: asOf !== null,
    // What was does not change.
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const query = asOf === null ? {} : { asOf };
      const { data } = await api.GET('/v1/orders/{id}', { params: { path: { id }, query }, signal });
      return data;
    },
  });

/** All that touched the order, oldest first; asked for anew when the order has changed, which `version` tells. */
export function useHistory(id: string, version: string) {
  const query = useInfiniteQuery({
    queryKey: ['order', id, 'history'],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const cursor = pageParam === undefined ? {} : { cursor: pageParam };
      const params = { path: { id }, query: { limit: PAGE, ...cursor } };
      const { data } = await api.GET('/v1/orders/{id}/history', { params, signal });
      return data ?? { items: [], nextCursor: null };
    },
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const { data, hasNextPage, isFetching, fetchNextPage } = query;
  const entries = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  useEffect(() => {
    if (hasNextPage && !isFetching && entries.length < MOST_ENTRIES) void fetchNextPage();
  }, [hasNextPage, isFetching, entries.length]);
  const known = useRef(version);
  useEffect(() => {
    if (version === known.current) return;
    known.current = version;
    void queries.invalidateQueries({ queryKey: ['order', id, 'history'] });
  }, [version]);
  return { entries, error: query.error, hasMore: hasNextPage, loadMore: () => void fetchNextPage() };
}
