import { basePrice } from '../../domain/catalog/index.js';
import type { CreateProduct, ProductAnswer, VariantFacts } from '../../domain/catalog/index.js';
import type { Position } from '../../infra/shared/position.js';
import type { WriteAnswer } from '../shared/write-scope.js';
import type { ProductThen } from './product-history.js';

/** The command for a product with one variant. */
export type NewProduct = CreateProduct & { readonly variants: readonly [VariantFacts] };

/** Shows a product and its one variant as one resource, at its price in the currency where that is named. */
export function productAnswer({ product, variant, version }: ProductThen, currency?: string): ProductAnswer {
  const { status: _status, options: _options, skus: _skus, ...details } = product;
  const { sku, taxClass, kind, prices } = variant;
  return { ...details, sku, taxClass, ...(kind && { kind }), price: basePrice(prices, currency), version };
}

export const created = ({ productId, variants: [{ sku }] }: NewProduct, position: Position | null): WriteAnswer => ({
  status: 201,
  body: { productId, sku },
  revision: 0,
  position,
});
