import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Schema } from '../../../shared/api/index.js';
import { api } from '../engine.js';
import type { Period } from './periods.js';

export type Sales = Schema<'SalesItem'>;
export const BY = ['day', 'category', 'sku'] as const;

/** What is asked of the report. */
export interface Question extends Period {
  readonly by: (typeof BY)[number];
  readonly timeZone: string;
}

/** Pages that are read at most: by SKU there may be very many. */
const MOST_PAGES = 20;

async function readAll(question: Question, signal: AbortSignal): Promise<{ items: Sales[]; isWhole: boolean }> {
  const items: Sales[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const query: Question & { limit: number; cursor?: string } = {
      ...question,
      limit: 100,
      ...(cursor === null ? {} : { cursor }),
    };
    const { data } = await api.GET('/v1/reports/sales', { params: { query }, signal });
    items.push(...(data?.items ?? []));
    cursor = data?.nextCursor ?? null;
    if (cursor === null) return { items, isWhole: true };
  }
  return { items, isWhole: false };
}

/** The sales of a period, and whether they are all of them. */
export const useSales = (question: Question) =>
  useQuery({
    queryKey: ['sales', question],
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
    queryFn: ({ signal }) => readAll(question, signal),
  });

/** The time zone of the shop: of its default channel. */
export const useShopZone = () =>
  useQuery({
    queryKey: ['shop-zone'],
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const { data } = await api.GET('/v1/channels', { params: { query: {} }, signal });
      const found = data?.items.find(({ code }) => code === 'default') ?? data?.items[0];
      return found?.timeZone ?? 'UTC';
    },
  });
