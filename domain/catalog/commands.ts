import type { ProductKind } from '../shared/commerce.js';
import type { Money } from '../shared/money.js';
import type { ListTerms, Prices, PriceRow, ProductCreated, VariantCreated } from './events.js';

/** Creates a product whose variants have been created. */
export type CreateProduct = ProductCreated['data'] & { readonly type: 'create-product' };
/** Changes the members that are given; null removes an optional one. */
export interface ChangeProduct {
  readonly type: 'change-product';
  readonly name?: string;
  readonly description?: string | null;
  readonly brand?: string | null;
  readonly categories?: readonly string[];
  readonly attributes?: Readonly<Record<string, string>>;
}
export type ProductCommand = CreateProduct | ChangeProduct;

export type CreateVariant = VariantCreated['data'] & { readonly type: 'create-variant' };
/** Changes the members that are given. Refused: PRODUCT.UNKNOWN_SKU; PRODUCT.KIND_FIXED where it is of another kind. */
export interface ChangeVariant {
  readonly type: 'change-variant';
  readonly taxClass?: string;
  /** What it is already: it never changes, as orders and stock rest on it. */
  readonly kind?: ProductKind;
  /** All of them, none with a window. */
  readonly prices?: Prices;
  /** Replaces the row without conditions in its currency, and leaves the others. */
  readonly price?: Money;
}
/**
 * Replaces all prices. Satisfied when they are so already.
 *
 * Refused: PRODUCT.UNKNOWN_SKU; PRODUCT.INVALID_PRICES with all that is wrong with the rows.
 */
export interface SetPrices {
  readonly type: 'set-prices';
  /** Times in RFC 3339 UTC with milliseconds. */
  readonly prices: readonly PriceRow[];
  /** What has begun by now is in force at once; RFC 3339 UTC. */
  readonly now: string;
  /** Those that there are, among the ones that the rows name. */
  readonly known: { readonly channels: ReadonlySet<string>; readonly lists: readonly ListTerms[] };
}
/**
 * Brings in force what begins, and out of force what ends, up to a time at which a window does. Satisfied when that was done.
 *
 * Refused: PRODUCT.UNKNOWN_SKU.
 */
export interface PassWindow {
  readonly type: 'pass-window';
  /** RFC 3339 UTC. */
  readonly at: string;
}
/**
 * Takes over the terms of a price list. Satisfied where they are no newer than those that the variant has.
 *
 * Refused: PRODUCT.UNKNOWN_SKU.
 */
export interface FollowPriceList {
  readonly type: 'follow-price-list';
  readonly list: ListTerms;
}
export type VariantCommand = CreateVariant | ChangeVariant | SetPrices | PassWindow | FollowPriceList;
