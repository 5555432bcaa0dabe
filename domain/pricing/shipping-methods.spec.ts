import { defaultPricingPolicy, namedPricingPolicies, shippingMethodsFor } from './index.js';
import type { ShippingRate } from './index.js';
import { eur, germany, taxing } from './test-support/pricing-examples.js';

const priceOf = (rates: readonly ShippingRate[], subtotal = 1000, country = 'DE') =>
  shippingMethodsFor(eur(subtotal), { country }, taxing([], { shippingMethods: [{ id: 's', name: 'S', rates }] }))[0]
    ?.price.amount;

describe('the shipping methods on offer', () => {
  it('are one that costs nothing by default, in any currency', () => {
    expect(shippingMethodsFor({ amount: 1, currency: 'KWD' }, { country: 'KW' }, defaultPricingPolicy)).toEqual([
      { id: 'standard', name: 'Standard shipping', price: { amount: 0, currency: 'KWD' } },
    ]);
  });

  it('come in the order of the policy, without those that have no rate for the cart', () => {
    const policy = namedPricingPolicies['eu-vat'] ?? defaultPricingPolicy;
    const ids = (country: string) => shippingMethodsFor(eur(1), { country }, policy).map(({ id }) => id);
    expect(ids('DE')).toEqual(['standard', 'express']);
    expect(ids('US')).toEqual(['standard']);
  });

  it('cost what the first row says whose conditions hold', () => {
    const rates = [
      { countries: ['DE'], subtotalFrom: 1000, price: 0 },
      { countries: ['DE', 'FR'], price: 5 },
      { price: 9 },
    ];
    expect(priceOf(rates, 1000)).toBe(0);
    expect(priceOf(rates, 999)).toBe(5);
    expect(priceOf(rates, 1000, 'FR')).toBe(5);
    expect(priceOf(rates, 1000, 'US')).toBe(9);
  });

  it('take rows of another currency for nothing', () => {
    expect(priceOf([{ currency: 'USD', price: 1 }])).toBeUndefined();
    expect(priceOf([{ currency: 'EUR', price: 1 }])).toBe(1);
  });

  it('are none where none has a rate', () => {
    const policy = taxing([], { shippingMethods: [{ id: 's', name: 'S', rates: [{ countries: ['FR'], price: 1 }] }] });
    expect(shippingMethodsFor(eur(1), germany, policy)).toEqual([]);
  });
});
