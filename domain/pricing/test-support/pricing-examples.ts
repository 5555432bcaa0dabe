import fc from 'fast-check';
import type { Discount, PricedLine } from '../../shared/index.js';
import type { PriceableLine, PricingPolicy, TaxRate } from '../index.js';
import { defaultPricingPolicy } from '../index.js';

export const eur = (amount: number) => ({ amount, currency: 'EUR' });

export type Line = PriceableLine & Pick<PricedLine, 'lineId' | 'sku' | 'name' | 'categories'>;

export const line = (sku: string, price: number, quantity: number, others: Partial<Line> = {}): Line => ({
  lineId: sku,
  sku,
  name: `The ${sku}`,
  categories: [],
  quantity,
  unitPrice: eur(price),
  lineTotal: eur(price * quantity),
  taxClass: 'standard',
  discounts: [],
  ...others,
});

export const discountOf = (amount: number): Discount => ({ promotionId: 'sale', name: 'Sale', amount: eur(amount) });

export const germany = { country: 'DE' };
export const vat = (rate: string, included: boolean): TaxRate => ({ name: `VAT ${rate}`, rate, included });

/** The default policy with these rates in Germany. */
export const taxing = (rates: readonly TaxRate[], changes: Partial<PricingPolicy> = {}): PricingPolicy => ({
  ...defaultPricingPolicy,
  taxZones: [{ countries: ['DE'], rates }],
  ...changes,
});

const cents = fc.integer({ min: 0, max: 1_000_000 });

const anyClass = fc.constantFrom('standard', 'food', 'unheard-of');

/** Of several tax classes, with discounts up to the whole line. */
export const anyLines = fc
  .array(fc.tuple(cents, fc.integer({ min: 1, max: 500 }), fc.nat(100), anyClass), { minLength: 1, maxLength: 12 })
  .map((drawn) =>
    drawn.map(([price, quantity, percent, taxClass], index) => {
      const discount = Math.floor((price * quantity * percent) / 100);
      const discounts = discount === 0 ? [] : [discountOf(discount - (discount >> 1)), discountOf(discount >> 1)];
      return line(`S${index}`, price, quantity, { taxClass, discounts });
    }),
  );

const anyRate = fc
  .tuple(fc.integer({ min: 0, max: 40_000 }), fc.boolean(), fc.constantFrom('standard', 'food'))
  .map(([rate, included, taxClass]) => ({ ...vat(`0.${String(rate).padStart(5, '0')}`, included), taxClass }));

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
