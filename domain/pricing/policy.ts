import type { RoundingMode } from '../shared/index.js';

export type { RoundingMode };
export type RoundingLevel = 'line' | 'unit';

/** Recorded on the order: by what its amounts came about. */
export interface PricingBasis {
  /** Name of the policy. */
  readonly policy: string;
  /** Tells policies of one name apart. */
  readonly hash: string;
  readonly rounding: RoundingMode;
  readonly level: RoundingLevel;
  /** The tax zone; null where no zone names the destination, which is then untaxed. */
  readonly zone: string | null;
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
  /** Decimal fraction as text, such as `"0.19"`. */
  readonly rate: string;
  /** Whether the prices contain it. */
  readonly included: boolean;
  /** Of what it is taken; `standard` where none is named. */
  readonly taxClass?: string;
}

/**
 * The first zone that matches the destination counts; no zone, no tax. `regions` are codes of ISO 3166-2 without the
 * country, or `*` for every region, known or not; zones without them are for the whole country. A tax class that no rate
 * of the zone names is taxed as `standard`.
 */
export interface TaxZone {
  /** What orders are said to be taxed by; made of countries and regions where none is given. */
  readonly name?: string;
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
  /** Tax on shipping at the zone's standard rates as well. */
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
