import fc from 'fast-check';
import { defaultPricingPolicy, namedPricingPolicies, priceCart, shippingOffersFor } from './index.js';
import type { PricingPolicy } from './index.js';
import { anyLines, eur, germany, line, taxing, vat } from './test-support/pricing-examples.js';
import type { Line } from './test-support/pricing-examples.js';

const card = (price: number, quantity = 1): Line => line('CARD', price, quantity, { kind: 'gift-card' });
const rates = [
  { countries: ['DE'], subtotalFrom: 5000, price: 0 },
  { countries: ['DE'], price: 490 },
];
const policy = taxing([vat('0.19', true)], {
  shippingMethods: [{ id: 'parcel', name: 'Parcel', rates }],
  taxShipping: true,
});
function price(lines: readonly Line[], by: PricingPolicy = policy, shippingMethod?: string) {
  const terms = { policy: by, currency: 'EUR', ...(shippingMethod === undefined ? {} : { shippingMethod }) };
  const result = priceCart(lines, germany, terms);
  if (!result.accepted) throw new Error(result.refusal.code);
  return result;
}

describe('a line of gift cards', () => {
  it('is never taxed, whatever its class, beside lines that are', () => {
    const { lines, totals } = price([line('TEA', 1190, 1), { ...card(5000, 2), taxClass: 'standard' }]);
    expect(lines[0]).toMatchObject({ taxes: [{ amount: eur(190) }], net: eur(1000), priceIncludesTax: true });
    expect(lines[1]).toMatchObject({ taxes: [], net: eur(10_000), gross: eur(10_000), priceIncludesTax: false });
    expect(totals.taxIncluded).toEqual(eur(190 + 78));
  });

  it('counts for no subtotal of shipping', () => {
    expect(price([line('TEA', 4000, 1), card(5000)]).shipping.price).toEqual(eur(490));
    expect(price([line('TEA', 5000, 1), card(1)]).shipping.price).toEqual(eur(0));
  });

  it('is shipped for nothing where there is nothing else, by whatever method and wherever', () => {
    const { shipping, totals } = price([card(1000)]);
    expect(shipping).toMatchObject({ method: 'parcel', price: eur(0), gross: eur(0), cheapest: eur(0) });
    expect([totals.shipping, totals.total]).toEqual([eur(0), eur(1000)]);
    const elsewhere = {
      ...policy,
      shippingMethods: [{ id: 's', name: 'S', rates: [{ countries: ['FR'], price: 9 }] }],
    };
    expect(price([card(1000)], elsewhere).shipping.gross).toEqual(eur(0));
    expect(() => price([line('TEA', 1, 1), card(1000)], elsewhere)).toThrow('SHIPPING.NO_METHOD');
    expect(() => price([card(1000)], policy, 'pigeon')).toThrow('SHIPPING.UNKNOWN_METHOD');
  });

  it('is offered what is charged', () => {
    const where = { currency: 'EUR', destination: germany, policy };
    expect(shippingOffersFor([card(9000)], where)).toEqual([{ id: 'parcel', name: 'Parcel', price: eur(0) }]);
    expect(shippingOffersFor([card(9000), line('TEA', 1, 1)], where)).toMatchObject([{ price: eur(490) }]);
    expect(shippingOffersFor([], where)).toMatchObject([{ price: eur(490) }]);
  });

  it('adds its price to the total, and changes no tax of the others', () => {
    const europe = namedPricingPolicies['eu-vat'] ?? defaultPricingPolicy;
    fc.assert(
      fc.property(anyLines, fc.integer({ min: 0, max: 100_000 }), (lines, amount) => {
        const [without, beside] = [price(lines, europe), price([...lines, card(amount)], europe)];
        expect(beside.totals.total.amount - without.totals.total.amount).toBe(amount);
        expect(beside.taxes).toEqual(without.taxes);
        expect(beside.shipping).toEqual(without.shipping);
      }),
    );
  });
});
