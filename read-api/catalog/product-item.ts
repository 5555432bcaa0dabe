import type { SearchDocument, SearchHit } from '../../infra/search-index/index.js';

/** A product as lists show it. */
export type ProductItem = Pick<SearchDocument, 'sku' | 'name' | 'categories' | 'price' | 'available'> &
  Pick<SearchHit, 'highlight'> & { readonly brand: string | null };

export function productItem({ document, highlight }: SearchHit): ProductItem {
  const { sku, name, brand, categories, price, available } = document;
  return {
    sku,
    name,
    brand: brand ?? null,
    categories,
    price,
    available,
    ...(highlight === undefined ? {} : { highlight }),
  };
}
