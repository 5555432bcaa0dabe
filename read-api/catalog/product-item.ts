import type { ProductItem } from '../../domain/catalog/index.js';
import type { SearchHit } from '../../infra/search-index/index.js';

export function productItem({ document, highlight }: SearchHit, available: number): ProductItem {
  const { sku, name, brand, categories, price } = document;
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
