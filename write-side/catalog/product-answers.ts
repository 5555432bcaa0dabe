import type { CatalogEvent, ListedProduct, ProductState } from '../../domain/catalog/index.js';

export interface CreatedProduct {
  readonly productId: string;
  readonly sku: string;
}

export type ProductAnswer = Omit<ListedProduct, 'status'> & { readonly version: number };

export function createdProduct(state: ProductState): CreatedProduct {
  const { productId, sku } = listed(state);
  return { productId, sku };
}

export function productAnswer(state: ProductState, _events: readonly CatalogEvent[], revision: number): ProductAnswer {
  const { status: _, ...product } = listed(state);
  return { ...product, version: revision };
}

function listed(state: ProductState): ListedProduct {
  if (state.status === 'none') throw new RangeError('an accepted command left no product');
  return state;
}
