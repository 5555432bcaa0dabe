import type { Money } from '../shared/money.js';
import type { ProductDetails } from './events.js';

export interface CreateProduct extends ProductDetails {
  readonly type: 'create-product';
  readonly productId: string;
  readonly sku: string;
  readonly price: Money;
}
/** Only the members given are changed, the price by an event of its own; null takes an optional one away. */
export interface ChangeDetails {
  readonly type: 'change-details';
  readonly name?: string;
  readonly description?: string | null;
  readonly brand?: string | null;
  readonly categories?: readonly string[];
  readonly attributes?: Readonly<Record<string, string>>;
  readonly taxClass?: string;
  readonly price?: Money;
}
export interface ChangePrice {
  readonly type: 'change-price';
  readonly price: Money;
}

export type CatalogCommand = CreateProduct | ChangeDetails | ChangePrice;
