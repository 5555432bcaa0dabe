import type { DomainEvent } from '../shared/decider.js';
import type { Money } from '../shared/money.js';
import type { SkuQuantity } from '../shared/commerce.js';

// These types are the storage format of streams `product-{productId}` and `variant-{sku}`: never edit one, add a version
// and an upcaster.

/** What all variants of a product share. */
export interface ProductDetails {
  readonly name: string;
  readonly description?: string;
  readonly brand?: string;
  /** Codes, from the widest to the narrowest. */
  readonly categories: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
}

/** An option that variants differ by, and its values; codes identify them, names are for display. */
export interface ProductOption {
  readonly code: string;
  readonly name: string;
  readonly values: readonly { readonly code: string; readonly name: string }[];
}

/** The price of one unit, and the conditions that all have to hold for it to count; without any it counts always. */
export interface PriceRow extends Money {
  /** From so many units of a line on, 2 or more. */
  readonly minQuantity?: number;
  /** Code of the price list that it is of. */
  readonly list?: string;
  /** For buyers of this group. */
  readonly customerGroup?: string;
  /** Code of the channel that it is sold in. */
  readonly channel?: string;
  /** When it begins, inclusive; RFC 3339 UTC. */
  readonly from?: string;
  /** When it ends, exclusive; RFC 3339 UTC. */
  readonly to?: string;
}

/** Rows of which no two have all conditions alike; the first is the price where no currency is named. */
export type Prices = readonly [PriceRow, ...PriceRow[]];

/** Which rows with a window are in force: those without one always are. */
export interface PricesInForce {
  /** The time up to which windows have begun and ended; RFC 3339 UTC. */
  readonly at: string;
  /** Ids of rows with a window. */
  readonly priceIds: readonly string[];
}

/** What is sold of a product. */
export interface VariantFacts {
  readonly sku: string;
  /** Code of the value of each option of the product; absent where it has none. */
  readonly options?: Readonly<Record<string, string>>;
  readonly prices: Prices;
  /** Beside those of the product. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** By which rates of a tax zone it is taxed. */
  readonly taxClass: string;
  /** Absent where it is goods that are shipped. */
  readonly kind?: 'digital' | 'gift-card';
  /** What one unit is made up of, where it is a kit. */
  readonly kit?: readonly SkuQuantity[];
}

/**
 * Offers the product; recorded after `variant.created.v1` of each variant. It repeats the facts of the variants, so that a
 * list of products needs no other event.
 */
export type ProductCreated = DomainEvent<
  'product.created.v1',
  ProductDetails & {
    readonly productId: string;
    /** Absent where there is but one variant. */
    readonly options?: readonly ProductOption[];
    readonly variants: readonly VariantFacts[];
  }
>;
/** Holds only the members that changed; null removes an optional one. `skus` are all variants, for read models keyed by SKU. */
export type ProductDetailsChanged = DomainEvent<
  'product.details-changed.v1',
  {
    readonly productId: string;
    readonly skus: readonly string[];
    readonly name?: string;
    readonly description?: string | null;
    readonly brand?: string | null;
    readonly categories?: readonly string[];
    readonly attributes?: Readonly<Record<string, string>>;
  }
>;

/** Claims the SKU for good; the variant is on offer once `product.created.v1` is recorded. */
export type VariantCreated = DomainEvent<'variant.created.v1', VariantFacts & { readonly productId: string }>;
/** Holds only the members that changed. */
export type VariantDetailsChanged = DomainEvent<
  'variant.details-changed.v1',
  { readonly productId: string; readonly sku: string; readonly taxClass: string }
>;
/** What of a price list decides whether its rows count. */
export interface ListTerms {
  readonly code: string;
  /** Which change of the list they are of: its revision. */
  readonly revision: number;
  /** The higher one counts; what is of no list has 0. */
  readonly priority: number;
  readonly customerGroups?: readonly string[];
  readonly channels?: readonly string[];
  readonly countries?: readonly string[];
  /** Whether it has begun and not ended. */
  readonly isInForce: boolean;
}

/** Holds all prices, before and after the change. Without `inForce` the rows with a window are in force that were so before. */
export type VariantPricesChanged = DomainEvent<
  'variant.prices-changed.v1',
  {
    readonly productId: string;
    readonly sku: string;
    readonly was: Prices;
    readonly prices: Prices;
    readonly inForce?: PricesInForce;
    /** Of the lists that the prices name; absent where they name none. Older ones than the variant has do not count. */
    readonly lists?: readonly ListTerms[];
  }
>;
/** A list that the prices name, or once named, has other terms: whether its prices count may have changed. */
export type VariantPriceListChanged = DomainEvent<
  'variant.price-list-changed.v1',
  { readonly productId: string; readonly sku: string; readonly list: ListTerms }
>;
/** Prices began or ended, as their windows say: from this event on they count, or no longer do. */
export type VariantPricesInForceChanged = DomainEvent<
  'variant.prices-in-force-changed.v1',
  { readonly productId: string; readonly sku: string; readonly inForce: PricesInForce }
>;

export type ProductEvent = ProductCreated | ProductDetailsChanged;
export type VariantEvent =
  | VariantCreated
  | VariantDetailsChanged
  | VariantPricesChanged
  | VariantPricesInForceChanged
  | VariantPriceListChanged;
export type CatalogEvent = ProductEvent | VariantEvent;
