import type { SearchDocument, SearchHit } from '../../infra/search-index/index.js';

/** A product as lists show it. */
export type ProductItem = Pick<SearchDocument, 'sku' | 'name' | 'brand' | 'categories' | 'price' | 'available'> &
  Pick<SearchHit, 'highlight'>;

export function productItem({ document, highlight }: SearchHit): ProductItem {
  const { sku, name, brand, categories, price, available } = document;
  return {
    sku,
    name,
    ...(brand === undefined ? {} : { brand }),
    categories,
    price,
    available,
    ...(highlight === undefined ? {} : { highlight }),
  };
}
