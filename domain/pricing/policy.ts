import type { Money, RoundingMode } from '../shared/index.js';

export type { RoundingMode };
export type RoundingLevel = 'line' | 'unit';

/** Recorded on the order: how its totals came about. */
export interface PricingBasis {
  readonly policy: string;
  readonly rounding: RoundingMode;
  readonly level: RoundingLevel;
}

/** The tax of one rate in an order: `net` + `tax` = `gross`; `included` when the prices contained it. */
export interface AppliedTax {
  readonly name: string;
  /** Decimal fraction as text, such as `"0.19"`. */
  readonly rate: string;
  readonly included: boolean;
  readonly net: Money;
  readonly tax: Money;
  readonly gross: Money;
}

/** Where it goes; decides zone, tax and methods. */
export interface Destination {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly region?: string;
  readonly postalCode?: string;
}

export interface TaxRate {
  readonly name: string;
  readonly rate: string;
  /** Whether the prices contain it. */
  readonly included: boolean;
}

/**
 * The first zone that matches the destination counts; no zone, no tax. `regions` are codes of ISO 3166-2 without the
 * country, or `*` for every region, known or not; zones without them are for the whole country.
 */
export interface TaxZone {
  readonly countries: readonly string[];
  readonly regions?: readonly string[];
  readonly rates: readonly TaxRate[];
}

/** A row of a rate table: the first whose conditions hold gives the price. */
export interface ShippingRate {
  readonly countries?: readonly string[];
  /** Applies from this subtotal on, minor units. */
  readonly subtotalFrom?: number;
  /** Of the row's amounts; a row without one has none (price 0, no least subtotal). */
  readonly currency?: string;
  /** Minor units of the row's currency. */
  readonly price: number;
}

export interface ShippingMethodPolicy {
  readonly id: string;
  readonly name: string;
  readonly rates: readonly ShippingRate[];
}

/** A named pricing policy; plain data, so that it can come from a file. */
export interface PricingPolicy {
  readonly name: string;
  readonly rounding: RoundingMode;
  readonly level: RoundingLevel;
  readonly taxZones: readonly TaxZone[];
  /** Tax on shipping at the zone's rates as well. */
  readonly taxShipping: boolean;
  /** The first is the default. */
  readonly shippingMethods: readonly ShippingMethodPolicy[];
}

/** No tax, free `standard` shipping, any currency. */
export const defaultPricingPolicy: PricingPolicy = {
  name: 'default',
  rounding: 'half-even',
  level: 'line',
  taxZones: [],
  taxShipping: false,
  shippingMethods: [{ id: 'standard', name: 'Standard shipping', rates: [{ price: 0 }] }],
};
