import type { RoundingMode } from '../shared/index.js';
import { choice, named, nullable, object, text } from '../shared/schema.js';
import type { Of } from '../shared/schema.js';

export type { RoundingMode };
const ROUNDING_MODES = ['half-even', 'half-up'] as const satisfies readonly RoundingMode[];
const ROUNDING_LEVELS = ['line', 'unit'] as const;
export type RoundingLevel = (typeof ROUNDING_LEVELS)[number];

/** The rules that the amounts of an order were computed by, as its events record them. */
export const PricingBasis = named(
  'OrderPricing',
  object(
    {
      policy: text('Name of the pricing policy.', 'default'),
      hash: text('Tells policies of one name apart.', '3f2a9c81d0b4e657'),
      rounding: choice(ROUNDING_MODES, 'How halves are rounded.', 'half-even'),
      level: choice(ROUNDING_LEVELS, 'What tax is rounded by.', 'line'),
      zone: nullable(text(), 'The tax zone; null where none names the destination, which is then untaxed.', 'DE'),
    },
    'By what the amounts of an order came about.',
  ),
);
export type PricingBasis = Of<typeof PricingBasis>;

/** The destination, which determines tax zone and shipping methods. */
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
  /** The tax class of the goods that it applies to; `standard` where none is named. */
  readonly taxClass?: string;
}

/**
 * A tax zone. The first zone that matches the destination counts; without one there is no tax. `regions` are codes of ISO 3166-2
 * without the country, or `*` for every region, known or not; a zone without regions is for the whole country. A tax class that no
 * rate of the zone names is taxed as `standard`.
 */
export interface TaxZone {
  /** The zone's name on orders; made of countries and regions where none is given. */
  readonly name?: string;
  readonly countries: readonly string[];
  readonly regions?: readonly string[];
  readonly rates: readonly TaxRate[];
}

/** A row of a rate table; the first row whose conditions hold gives the price. */
export interface ShippingRate {
  readonly countries?: readonly string[];
  /** Applies from this subtotal on, minor units. */
  readonly subtotalFrom?: number;
  /** The currency of the row's amounts; a row without one has no amounts (price 0, no least subtotal). */
  readonly currency?: string;
  /** Minor units of the row's currency. */
  readonly price: number;
}

export interface ShippingMethodPolicy {
  readonly id: string;
  readonly name: string;
  readonly rates: readonly ShippingRate[];
}

/** A named pricing policy. It is plain data, so that it can be read from a file. */
export interface PricingPolicy {
  readonly name: string;
  readonly rounding: RoundingMode;
  readonly level: RoundingLevel;
  readonly taxZones: readonly TaxZone[];
  /** Whether shipping is taxed too, at the zone's standard rates. */
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

/**
 * An example of a shop that sells across borders: prices contain VAT in the EU and the UK, US sales tax comes on top,
 * Quebec has two rates, and shipping is free in the EU from 50.00 on.
 */
const euVat: PricingPolicy = {
  name: 'eu-vat',
  rounding: 'half-even',
  level: 'line',
  taxShipping: true,
  taxZones: [
    { countries: ['DE'], rates: [{ name: 'VAT DE', rate: '0.19', included: true }] },
    { countries: ['FR', 'AT', 'GB'], rates: [{ name: 'VAT', rate: '0.20', included: true }] },
    { countries: ['US'], regions: ['CA'], rates: [{ name: 'Sales tax CA', rate: '0.0725', included: false }] },
    {
      countries: ['CA'],
      regions: ['QC'],
      rates: [
        { name: 'GST', rate: '0.05', included: false },
        { name: 'QST', rate: '0.09975', included: false },
      ],
    },
  ],
  shippingMethods: [
    {
      id: 'standard',
      name: 'Standard shipping',
      rates: [
        { countries: ['DE', 'FR', 'AT'], currency: 'EUR', subtotalFrom: 5000, price: 0 },
        { countries: ['DE', 'FR', 'AT'], currency: 'EUR', price: 490 },
        { currency: 'EUR', price: 1490 },
        { currency: 'USD', price: 1490 },
      ],
    },
    {
      id: 'express',
      name: 'Express within the EU',
      rates: [{ countries: ['DE', 'FR', 'AT'], currency: 'EUR', price: 1290 }],
    },
  ],
};

/** The policies that a configuration can name without a file of its own. */
export const namedPricingPolicies: Readonly<Record<string, PricingPolicy>> = {
  [defaultPricingPolicy.name]: defaultPricingPolicy,
  [euVat.name]: euVat,
};
