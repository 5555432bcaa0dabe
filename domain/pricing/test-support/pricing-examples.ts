import fc from 'fast-check';
import type { PriceableLine, PricingPolicy, TaxRate } from '../index.js';
import { defaultPricingPolicy } from '../index.js';

export const eur = (amount: number) => ({ amount, currency: 'EUR' });

export const line = (sku: string, price: number, quantity: number): PriceableLine & { readonly sku: string } => ({
  sku,
  quantity,
  unitPrice: eur(price),
  lineTotal: eur(price * quantity),
});

export const germany = { country: 'DE' };
export const vat = (rate: string, included: boolean): TaxRate => ({ name: `VAT ${rate}`, rate, included });

/** The default policy with these rates in Germany. */
export const taxing = (rates: readonly TaxRate[], changes: Partial<PricingPolicy> = {}): PricingPolicy => ({
  ...defaultPricingPolicy,
  taxZones: [{ countries: ['DE'], rates }],
  ...changes,
});

const cents = fc.integer({ min: 0, max: 1_000_000 });

export const anyLines = fc
  .array(fc.tuple(cents, fc.integer({ min: 1, max: 500 })), { minLength: 1, maxLength: 12 })
  .map((pairs) => pairs.map(([price, quantity], index) => line(`S${index}`, price, quantity)));

const anyRate = fc
  .tuple(fc.integer({ min: 0, max: 40_000 }), fc.boolean())
  .map(([rate, included]) => vat(`0.${String(rate).padStart(5, '0')}`, included));

export const anyPolicy: fc.Arbitrary<PricingPolicy> = fc
  .record({
    rates: fc.array(anyRate, { maxLength: 3 }),
    rounding: fc.constantFrom('half-even', 'half-up'),
    level: fc.constantFrom('line', 'unit'),
    taxShipping: fc.boolean(),
    shipping: cents,
  })
  .map(({ rates, shipping, ...terms }) =>
    taxing(rates, {
      ...terms,
      shippingMethods: [{ id: 'standard', name: 'Standard shipping', rates: [{ currency: 'EUR', price: shipping }] }],
    }),
  );
