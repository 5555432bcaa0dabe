import type { Money } from './money.js';

/** A postal address; `country` is ISO 3166-1 alpha-2 or `XK`. */
export interface Address {
  readonly name: string;
  readonly line1: string;
  readonly line2?: string;
  readonly city: string;
  readonly region?: string;
  /** Absent where the country has none. */
  readonly postalCode?: string;
  readonly country: string;
}

/** Units of a SKU. */
export interface SkuQuantity {
  readonly sku: string;
  readonly quantity: number;
}

/** A line that there was too little stock for. */
export type ShortLine = {
  readonly sku: string;
  readonly requested: number;
  /** What there was for this order when it was decided. */
  readonly available: number;
};

/** A line as it was sold: the price is frozen, `lineTotal` = unit price × quantity, before discount and tax. */
export interface PricedLine extends SkuQuantity {
  readonly name: string;
  readonly unitPrice: Money;
  readonly lineTotal: Money;
  /** From the widest to the narrowest, as the product had them; the last one is the category of reports. */
  readonly categories: readonly string[];
}

/** total = subtotal − discount + shipping + tax; `taxIncluded` is contained in the lines and the shipping price. */
export interface Totals {
  readonly subtotal: Money;
  readonly discount: Money;
  readonly shipping: Money;
  readonly tax: Money;
  readonly taxIncluded: Money;
  readonly total: Money;
}
