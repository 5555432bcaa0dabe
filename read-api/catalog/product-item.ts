import type { ProductItem } from '../../domain/catalog/index.js';
import type { SearchHit } from '../../infra/search-index/index.js';
import type { ProductPricing } from './product-prices.js';

export function productItem(
  { document, highlight }: SearchHit,
  prices: ProductPricing,
  available: number,
): ProductItem {
  const { sku, name, brand, categories, kind } = document;
  return {
    sku,
    name,
    brand: brand ?? null,
    categories,
    ...prices,
    available,
    ...(kind === undefined ? {} : { kind }),
    ...(highlight === undefined ? {} : { highlight }),
  };
}
