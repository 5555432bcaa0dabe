import fc from 'fast-check';
import type { OrderOpened } from '../../../domain/order/index.js';
import { defaultPricingPolicy, priceCart } from '../../../domain/pricing/index.js';
import type { Offer, PriceableLine, PricingPolicy } from '../../../domain/pricing/index.js';
import type { PricedLine } from '../../../domain/shared/index.js';
import { untaxedLine, untaxedShipping, untaxedTotals } from '../../../domain/shared/test-support/index.js';

export const eur = (amount: number) => ({ amount, currency: 'EUR' });

type Line = PriceableLine & Pick<PricedLine, 'lineId' | 'sku' | 'name' | 'categories'>;

const cents = fc.integer({ min: 0, max: 100_000 });
const taxClass = fc.constantFrom('standard', 'food');

const anyLines: fc.Arbitrary<readonly Line[]> = fc
  .array(fc.tuple(cents, fc.integer({ min: 1, max: 9 }), taxClass), { minLength: 1, maxLength: 5 })
  .map((drawn) =>
    drawn.map(([price, quantity, of], index) => ({
      ...untaxedLine(`S${index}`, { price: eur(price), quantity }),
      name: `The S${index}`,
      taxClass: of,
    })),
  );

const anyRate = fc
  .record({ rate: fc.integer({ min: 0, max: 400 }), included: fc.boolean(), taxClass })
  .map(({ rate, ...others }) => ({ name: `Tax ${rate}`, rate: `0.${String(rate).padStart(3, '0')}`, ...others }));

const anyPolicy: fc.Arbitrary<PricingPolicy> = fc
  .record({
    rates: fc.array(anyRate, { maxLength: 3 }),
    rounding: fc.constantFrom('half-even', 'half-up'),
    level: fc.constantFrom('line', 'unit'),
    taxShipping: fc.boolean(),
    shipping: cents,
  })
  .map(({ rates, shipping, ...terms }) => ({
    ...defaultPricingPolicy,
    ...terms,
    taxZones: [{ countries: ['DE'], rates }],
    shippingMethods: [{ id: 'standard', name: 'Standard', rates: [{ currency: 'EUR', price: shipping }] }],
  }));

type Effect = Offer['promotion']['then'][number];
const anyEffect: fc.Arbitrary<Effect> = fc.oneof(
  fc
    .constantFrom('order' as const, 'shipping' as const, { skus: ['S0', 'S2'] })
    .map((of): Effect => ({ type: 'percent-off', percent: '12.5', of })),
  fc
    .tuple(cents, fc.constantFrom('order' as const, { skus: ['S1'] }))
    .map(([amount, of]): Effect => ({ type: 'amount-off', amounts: [eur(amount)], of })),
);
const anyOffers: fc.Arbitrary<readonly Offer[]> = fc.array(anyEffect, { maxLength: 3 }).map((effects) =>
  effects.map((effect, index) => ({
    promotion: {
      promotionId: `P${index}`,
      name: `Sale ${index}`,
      priority: 0,
      combines: 'all',
      trigger: 'automatic',
      when: [],
      then: [effect],
    },
  })),
);

export const opening: OrderOpened['data'] = {
  orderId: 'o1',
  orderNumber: 'ABCD-EFGH-JK',
  cartId: 'c1',
  reference: 'basket 7',
  customerId: 'ann',
  currency: 'EUR',
  lines: [],
  shipping: untaxedShipping(eur(0)),
  totals: untaxedTotals(eur(0)),
  taxes: [],
  pricing: { policy: 'default', hash: 'x', rounding: 'half-even', level: 'line', zone: null },
  destination: { country: 'DE' },
  paymentId: 'p1',
  personId: 'x',
  personal: {
    email: 'ann@example.com',
    shippingAddress: { name: 'Ann', line1: '1 High St', city: 'Town', postalCode: '1', country: 'DE' },
  },
};

/** How orders open: with lines, promotions, taxes and a gift card of all kinds. */
export const anyOpening: fc.Arbitrary<OrderOpened['data']> = fc
  .record({ lines: anyLines, policy: anyPolicy, offers: anyOffers, share: fc.integer({ min: 0, max: 100 }) })
  .map(({ lines, policy, offers, share }) => {
    const buyer = { channel: 'default', customerGroups: [], isFirstOrder: false };
    const priced = priceCart(lines, { country: 'DE' }, { policy, currency: 'EUR', promotions: { offers, buyer } });
    if (!priced.accepted) throw new Error(priced.refusal.code);
    const { totals, shipping, taxes, basis, promotions } = priced;
    const held = Math.floor((totals.total.amount * share) / 300);
    return {
      ...opening,
      lines: priced.lines,
      shipping,
      totals,
      taxes,
      pricing: basis,
      ...(promotions.promotions.length === 0 ? {} : { discounts: promotions.promotions }),
      ...(held === 0 ? {} : { tenders: [{ giftCardId: 'card-1', amount: eur(held) }] }),
    };
  });
