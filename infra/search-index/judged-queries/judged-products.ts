import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { JsonObject } from '../../../domain/shared/json.js';
import { positionOfNumber } from '../../shared/position.js';
import type { SearchDocument, SearchWrite } from '../search-index.js';
import { judgedQueries } from './judged-queries.js';
import { fits } from './judged-query.js';

type Line = Omit<SearchDocument, 'inStock' | 'createdAt'> & JsonObject & { readonly stock: number };

/** All products of the file as they are written into an index, each created a second after the one before. */
export function judgedProducts(file: URL): SearchWrite[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');
  return lines.map((line, index) => {
    const { stock, ...product } = JSON.parse(line) as Line;
    const createdAt = new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString();
    const document = { ...product, inStock: stock > 0, createdAt };
    return { sku: product.sku, position: positionOfNumber(index + 1), document };
  });
}

/** More than the hits that any query is judged by. */
const FITTING = 20;

/**
 * Every so many products, and of those that fit each judged query twenty as they come, and twenty with the shortest names, which
 * compete for the first place.
 */
export function partOf(products: readonly SearchWrite[], every: number): SearchWrite[] {
  const part = new Set(products.filter((_, at) => at % every === 0));
  for (const { are, first } of judgedQueries) {
    if (first === 0) continue;
    const fitting = products.filter(({ document }) => document !== null && fits(document, are));
    const shortest = fitting.toSorted((one, other) => nameLength(one) - nameLength(other));
    for (const one of [...fitting.slice(0, FITTING), ...shortest.slice(0, FITTING)]) part.add(one);
  }
  return [...part];
}

const nameLength = ({ document }: SearchWrite): number => document?.name.length ?? 0;
