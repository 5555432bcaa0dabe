import type { DomainEvent } from '../shared/decider.js';
import type { Money } from '../shared/money.js';

// These types are the storage format of streams `product-{sku}`: never edit one, add a version and an upcaster.

export interface ProductDetails {
  readonly name: string;
  readonly description?: string;
  readonly brand?: string;
  readonly categories: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  /** By which rates of a tax zone it is taxed. */
  readonly taxClass: string;
}

export type ProductCreated = DomainEvent<
  'product.created.v1',
  ProductDetails & { readonly productId: string; readonly sku: string; readonly price: Money }
>;
/** Only the members that changed; null takes an optional one away. */
export type ProductDetailsChanged = DomainEvent<
  'product.details-changed.v1',
  {
    readonly sku: string;
    readonly name?: string;
    readonly description?: string | null;
    readonly brand?: string | null;
    readonly categories?: readonly string[];
    readonly attributes?: Readonly<Record<string, string>>;
    readonly taxClass?: string;
  }
>;
export type ProductPriceChanged = DomainEvent<
  'product.price-changed.v1',
  { readonly sku: string; readonly was: Money; readonly price: Money }
>;

export type CatalogEvent = ProductCreated | ProductDetailsChanged | ProductPriceChanged;
