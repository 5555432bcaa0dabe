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

/** The tax class of what names none, and of shipping. */
export const STANDARD_TAX_CLASS = 'standard';

/** Where an order goes, as far as it says nothing about a person: what tax is owed by. */
export interface TaxDestination {
  /** ISO 3166-1 alpha-2 or `XK`. */
  readonly country: string;
  /** Code of a subdivision (ISO 3166-2) without the country; absent where the address named none that is known. */
  readonly region?: string;
}

/** What a promotion takes off a line, or off shipping. */
export interface Discount {
  readonly promotionId: string;
  readonly name: string;
  readonly code?: string;
  readonly amount: Money;
}

/** What one rate of tax comes to. */
export interface AppliedTax {
  readonly name: string;
  /** Decimal fraction as text, such as `"0.19"`. */
  readonly rate: string;
  /** Contained in the price, not added on top. */
  readonly included: boolean;
  /** What it is taken of: the net. */
  readonly base: Money;
  readonly amount: Money;
}

/** Price − discount = net + included taxes; net + all taxes = gross, which is what is paid. */
export interface TaxedPrice {
  /** Of any level, each as it was spread onto this price. */
  readonly discounts: readonly Discount[];
  /** Their sum. */
  readonly discount: Money;
  readonly taxes: readonly AppliedTax[];
  readonly net: Money;
  readonly gross: Money;
}

/** A line as carts and orders show it; `lineTotal` = unit price × quantity, before discount and tax. */
export interface LineItem extends SkuQuantity, TaxedPrice {
  /** Unique in its cart and order. */
  readonly lineId: string;
  readonly name: string;
  readonly unitPrice: Money;
  readonly lineTotal: Money;
  readonly taxClass: string;
}

/** A line as it was sold; nothing of it is ever worked out again. */
export interface PricedLine extends LineItem {
  /** Whether unit price, line total and discounts contain tax. */
  readonly priceIncludesTax: boolean;
  /** From the widest to the narrowest, as the product had them; the last one is the category of reports. */
  readonly categories: readonly string[];
}

/** What carts and orders show of a line that was sold. */
export const lineItem = ({ priceIncludesTax: _price, categories: _categories, ...item }: PricedLine): LineItem => item;

/** Units of a line, with what they bear of its amounts. */
export interface LinePart extends SkuQuantity {
  readonly lineId: string;
  readonly net: Money;
  /** Included and on top. */
  readonly tax: Money;
  readonly gross: Money;
}

/** Shipping as it was sold. */
export interface PricedShipping extends TaxedPrice {
  /** Id of the shipping method. */
  readonly method: string;
  readonly name: string;
  readonly price: Money;
  /** What the cheapest method on offer would have cost, with its tax. */
  readonly cheapest: Money;
}

/**
 * total = subtotal − discount + shipping + tax = net + tax + taxIncluded; `taxIncluded` is contained in the lines and the
 * shipping price, which is before its own discounts.
 */
export interface Totals {
  readonly subtotal: Money;
  /** Of lines and shipping. */
  readonly discount: Money;
  readonly shipping: Money;
  readonly tax: Money;
  readonly taxIncluded: Money;
  readonly net: Money;
  readonly total: Money;
}
