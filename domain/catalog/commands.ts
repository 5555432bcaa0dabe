import type { Prices, ProductCreated, VariantCreated } from './events.js';

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
/** Changes the members that are given. */
export interface ChangeVariant {
  readonly type: 'change-variant';
  readonly taxClass?: string;
  /** All of them. */
  readonly prices?: Prices;
}
export type VariantCommand = CreateVariant | ChangeVariant;
