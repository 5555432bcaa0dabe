import { defaultPricingPolicy } from './policy.js';
import type { PricingPolicy } from './policy.js';

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
