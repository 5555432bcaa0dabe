import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Schema } from '../../../shared/api/index.js';
import { api } from '../engine.js';
import type { Question } from '../reports/index.js';

export type Sales = Schema<'SalesItem'>;
export const BY = ['day', 'category', 'sku'] as const;

type SalesQuery = Question & { readonly by: (typeof BY)[number] };

/** Pages that are read at most: by SKU there may be very many. */
const MOST_PAGES = 20;

async function readAll(question: Question, signal: AbortSignal): Promise<{ items: Sales[]; isWhole: boolean }> {
  const items: Sales[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const query: SalesQuery & { limit: number; cursor?: string } = {
      ...question,
      by: BY.find((one) => one === question.by) ?? 'day',
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
