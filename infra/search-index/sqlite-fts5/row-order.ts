import { SearchCursorError } from '../search-index.js';
import type { SearchCursor, SearchSort } from '../search-index.js';
import type { Columns } from './columns.js';
import type { PriceOf } from './prices.js';

type Key = string | number;

/** The order of a list whose pages go on after a product, wherever that stands by then. */
export interface RowOrder {
  compare(a: number, b: number): number;
  cursorOf(row: number): SearchCursor;
  /** @throws SearchCursorError */
  readCursor(cursor: SearchCursor): (row: number) => boolean;
}

const HIGHEST_FIRST = new Set<SearchSort>(['-price', 'newest']);

/** A product without a price comes before the cheapest. */
const UNPRICED = -1;

/** Ties by SKU, ascending. */
export function rowOrder(columns: Columns, sort: SearchSort, priceOf: PriceOf): RowOrder {
  const keyOf = keyReader(columns, sort, priceOf);
  const sign = HIGHEST_FIRST.has(sort) ? -1 : 1;
  const skuOf = (row: number): string => columns.skus[row] ?? '';
  return {
    compare: (a, b) => {
      const [left, right] = [keyOf(a), keyOf(b)];
      if (left !== right) return left < right ? -sign : sign;
      return skuOf(a) < skuOf(b) ? -1 : 1;
    },
    cursorOf: (row) => [sort, keyOf(row), skuOf(row)],
    readCursor: (cursor) => {
      const [ofSort, key, sku] = cursor;
      const isMeant = ofSort === sort && cursor.length === 3 && typeof sku === 'string';
      if (!isMeant || key === undefined || typeof key !== typeof keyOf(0)) throw new SearchCursorError();
      return (row) => {
        const own = keyOf(row);
        if (own !== key) return own < key === sign < 0;
        return skuOf(row) > sku;
      };
    },
  };
}

function keyReader(columns: Columns, sort: SearchSort, priceOf: PriceOf): (row: number) => Key {
  if (sort === 'price' || sort === '-price') return (row) => priceOf(row) ?? UNPRICED;
  if (sort === 'newest') return (row) => columns.createdAt[row] ?? 0;
  return (row) => columns.nameKey(row);
}
