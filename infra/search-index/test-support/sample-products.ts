import type { JsonObject } from '../../../domain/shared/json.js';
import { positionOfNumber } from '../../shared/position.js';
import type { SearchBuild, SearchDocument, SearchIndex, SearchQuery, SearchWrite } from '../search-index.js';

export const BUILD: SearchBuild = { version: 1, build: 0 };

export type Sample = SearchDocument & JsonObject;

/** A product in stock at 10.00 where nothing else is said. */
export function product(sku: string, name: string, rest: Partial<SearchDocument> = {}): Sample {
  return {
    sku,
    name,
    categories: [],
    attributes: {},
    price: usd(1_000),
    inStock: true,
    createdAt: '2026-01-01T00:00:00.000Z',
    ...rest,
  };
}

export const usd = (amount: number): NonNullable<Sample['price']> => ({ amount, currency: 'USD' });

export const written = (document: Sample, position: number): SearchWrite => ({
  sku: document.sku,
  position: positionOfNumber(position),
  document,
});

export const removed = (sku: string, position: number): SearchWrite => ({
  sku,
  position: positionOfNumber(position),
  document: null,
});

/** Positions as in the list, from 1. */
export async function fill(index: SearchIndex, documents: readonly Sample[], build = BUILD): Promise<void> {
  await index.ensure(build);
  await index.apply(
    build,
    documents.map((document, at) => written(document, at + 1)),
  );
}

export const query = (words?: string, rest: Partial<SearchQuery> = {}): SearchQuery => ({
  ...(words === undefined ? {} : { words }),
  filter: {},
  sort: 'relevance',
  limit: 20,
  ...rest,
});

/** SKUs of the first page. */
export async function skusOf(index: SearchIndex, asked: SearchQuery): Promise<string[]> {
  return (await index.search(asked)).hits.map(({ document }) => document.sku);
}

/** SKUs of every page, page by page; `between` runs after each, with its number and what it showed. */
export async function pagesOf(
  index: SearchIndex,
  asked: SearchQuery,
  between: (page: number, skus: readonly string[]) => Promise<void> = async () => undefined,
): Promise<string[][]> {
  const pages: string[][] = [];
  let after = asked.after;
  do {
    const page = await index.search(after === undefined ? asked : { ...asked, after });
    const skus = page.hits.map(({ document }) => document.sku);
    pages.push(skus);
    after = page.next ?? undefined;
    await between(pages.length, skus);
  } while (after !== undefined);
  return pages;
}
