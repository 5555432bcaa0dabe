import type { estypes } from '@elastic/elasticsearch';
import { SearchCursorError } from '../search-index.js';
import type { SearchCursor, SearchFilter, SearchSort } from '../search-index.js';
import { priceOrder } from './indexed-prices.js';

type ListSort = Exclude<SearchSort, 'relevance'>;

interface ListKey {
  readonly field: string;
  readonly order: 'asc' | 'desc';
  readonly type: 'string' | 'number';
}

const KEYS: Readonly<Record<ListSort, ListKey>> = {
  price: { field: 'price', order: 'asc', type: 'number' },
  '-price': { field: 'price', order: 'desc', type: 'number' },
  name: { field: 'nameKey', order: 'asc', type: 'string' },
  newest: { field: 'createdAt', order: 'desc', type: 'number' },
};

/** Ties by SKU. */
export function listSort(sort: ListSort, { pricedIn }: SearchFilter): estypes.SortCombinations[] {
  const { field, order } = KEYS[sort];
  return [field === 'price' ? priceOrder(pricedIn, order) : { [field]: order }, { sku: 'asc' }];
}

export function cursorAfter(sort: ListSort, [key, sku]: readonly unknown[]): SearchCursor {
  return [sort, key as string | number, String(sku)];
}

/** @throws SearchCursorError */
export function readListCursor(sort: ListSort, cursor: SearchCursor): (string | number)[] {
  const [ofSort, key, sku] = cursor;
  const isMeant = ofSort === sort && cursor.length === 3 && typeof sku === 'string';
  if (!isMeant || key === undefined || typeof key !== KEYS[sort].type) throw new SearchCursorError();
  return [key, sku];
}
