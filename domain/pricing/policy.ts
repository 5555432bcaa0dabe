import type { RoundingMode } from '../shared/index.js';
import { choice, count, flag, listOf, named, nullable, object, optional, text } from '../shared/schema.js';
import type { Of } from '../shared/schema.js';

export type { RoundingMode };
const ROUNDING_MODES = ['half-even', 'half-up'] as const satisfies readonly RoundingMode[];
const ROUNDING_LEVELS = ['line', 'unit'] as const;

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

const countryCodes = listOf(text(), 'ISO 3166-1 alpha-2, or `XK`.', ['DE']);

export const TaxRate = named(
  'TaxRate',
  object(
    {
      name: text('For people.', 'VAT'),
      rate: text('Decimal fraction, such as `0.19`.', '0.19'),
      included: flag('Whether the prices contain it.', true),
      taxClass: optional(text('Of what it is taken; `standard` where none is named.', 'food')),
    },
    'A rate of tax.',
  ),
);
export type TaxRate = Of<typeof TaxRate>;

export const TaxZone = named(
  'TaxZone',
  object(
    {
      name: optional(text('Its name on orders; made of countries and regions where none is given.', 'DE')),
      countries: countryCodes,
      regions: optional(
        listOf(
          text(),
          'Codes of ISO 3166-2 without the country, or `*` for every region, known or not; the whole country where there are none.',
          ['IL'],
        ),
      ),
      rates: listOf(TaxRate, 'By class; a class that none names is taxed as `standard`.'),
    },
    'The first zone that matches the destination counts; without one there is no tax.',
  ),
);
export type TaxZone = Of<typeof TaxZone>;

export const ShippingRate = named(
  'ShippingRate',
  object(
    {
      countries: optional(countryCodes),
      subtotalFrom: optional(count('Applies from this subtotal on, minor units.', 5000)),
      currency: optional(text('ISO 4217 code of the amounts; absent where there are none.', 'EUR')),
      price: count('Minor units of the currency.', 490),
    },
    'A row of a rate table: the first whose conditions hold gives the price.',
  ),
);
export type ShippingRate = Of<typeof ShippingRate>;

export const ShippingMethodPolicy = named(
  'ShippingMethodPolicy',
  object(
    {
      id: text('By which it is chosen.', 'standard'),
      name: text('For people.', 'Standard'),
      rates: listOf(
        ShippingRate,
        'The first row whose conditions hold counts; without one the method is not on offer.',
      ),
    },
    'A way of shipping.',
  ),
);
export type ShippingMethodPolicy = Of<typeof ShippingMethodPolicy>;

/** A named pricing policy. It is plain data, so that it can be read from a file. */
export const PricingPolicy = named(
  'PricingPolicy',
  object(
    {
      name: text('Its name on orders.', 'shop-eu'),
      rounding: choice(ROUNDING_MODES, 'How halves are rounded.', 'half-even'),
      level: choice(ROUNDING_LEVELS, 'What tax is rounded by.', 'line'),
      taxZones: listOf(TaxZone, 'The first that matches the destination counts.'),
      taxShipping: flag("Whether shipping is taxed, at the zone's standard rates.", true),
      shippingMethods: listOf(ShippingMethodPolicy, 'The first on offer is taken where none is chosen.'),
    },
    'How carts are taxed, shipped and rounded.',
  ),
);
export type PricingPolicy = Of<typeof PricingPolicy>;

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
