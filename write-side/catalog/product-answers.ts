import type { CatalogEvent, ListedProduct, ProductState } from '../../domain/catalog/index.js';
import { moneySchema } from '../shared/answer-schemas.js';

export interface CreatedProduct {
  readonly productId: string;
  readonly sku: string;
}

export type ProductAnswer = Omit<ListedProduct, 'status'> & { readonly version: number };

export const createdSchema = {
  type: 'object',
  required: ['productId', 'sku'],
  properties: { productId: { type: 'string' }, sku: { type: 'string' } },
};

export const productSchema = {
  type: 'object',
  required: ['productId', 'sku', 'name', 'categories', 'attributes', 'price', 'version'],
  properties: {
    productId: { type: 'string' },
    sku: { type: 'string' },
    name: { type: 'string' },
    description: { type: 'string' },
    brand: { type: 'string' },
    categories: { type: 'array', items: { type: 'string' } },
    attributes: { type: 'object', additionalProperties: { type: 'string' } },
    price: moneySchema,
    version: { type: 'integer' },
  },
};

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
