import { defaultPricingPolicy, namedPricingPolicies, priceCart } from './index.js';
import type { Destination } from './index.js';
import { line } from './test-support/pricing-examples.js';

const euVat = namedPricingPolicies['eu-vat'] ?? defaultPricingPolicy;

/** A line of 50.00, or of what is given, in the country's currency. */
function priced(destination: Destination, amount = 5_000) {
  const currency = ['US', 'CA'].includes(destination.country) ? 'USD' : 'EUR';
  const price = { amount, currency };
  const lines = [line('A', amount, 1, { unitPrice: price, lineTotal: price })];
  const result = priceCart(lines, destination, { policy: euVat, currency });
  if (!result.accepted) return result.refusal.code;
  const { shipping, totals } = result;
  return [shipping.price.amount, totals.taxIncluded.amount, totals.tax.amount, totals.total.amount];
}

describe('the example of a shop that sells across borders', () => {
  // What 19 and 20 percent leave of a price: 5000 × 19 / 119 = 798.3, 5000 / 6 = 833.3, 1490 / 6 = 248.3.
  it.each<[string, Destination, readonly number[]]>([
    ['Germany has 19 % in its prices', { country: 'DE' }, [0, 798, 0, 5_000]],
    ['France has 20 % in its prices', { country: 'FR' }, [0, 833, 0, 5_000]],
    ['Austria has 20 % in its prices', { country: 'AT' }, [0, 833, 0, 5_000]],
    ['Britain too, and shipping costs what it does abroad', { country: 'GB' }, [1_490, 833 + 248, 0, 6_490]],
    ['California puts 7.25 % on top', { country: 'US', region: 'CA' }, [1_490, 0, 362 + 108, 6_960]],
    ['Texas is known and untaxed', { country: 'US', region: 'TX' }, [1_490, 0, 0, 6_490]],
    ['Quebec has two rates', { country: 'CA', region: 'QC' }, [1_490, 0, 250 + 74 + 499 + 149, 7_462]],
    ['Switzerland is untaxed', { country: 'CH' }, [1_490, 0, 0, 6_490]],
  ])('%s', (_, destination, amounts) => {
    expect(priced(destination)).toEqual(amounts);
  });

  it.each(['DE', 'FR', 'AT'])('ships to %s for nothing from 50.00 on', (country) => {
    expect(priced({ country }, 4_999)[0]).toBe(490);
    expect(priced({ country }, 5_000)[0]).toBe(0);
  });

  it('has express within the EU alone', () => {
    const terms = { policy: euVat, currency: 'EUR', shippingMethod: 'express' };
    for (const country of ['DE', 'FR', 'AT'])
      expect(priceCart([line('A', 1, 1)], { country }, terms)).toMatchObject({
        shipping: { price: { amount: 1_290 } },
      });
    expect(priceCart([line('A', 1, 1)], { country: 'GB' }, terms)).toMatchObject({
      refusal: { code: 'SHIPPING.UNKNOWN_METHOD' },
    });
  });
});
