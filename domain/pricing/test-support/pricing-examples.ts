import fc from 'fast-check';
import type { PricedLine } from '../../shared/index.js';
import type { PriceableLine, PricingPolicy, TaxRate } from '../index.js';
import type { Condition, Effect, Offer, PromotionTerms, Selector } from '../promotion.js';
import { defaultPricingPolicy, priceCart } from '../index.js';
import type { Destination } from '../index.js';
import type { Buyer } from '../discounts.js';

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
  ...others,
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

const anyClass = fc.constantFrom('standard', 'food', 'unheard-of');

/** Of several tax classes, categories and brands. */
export const anyLines = fc
  .array(fc.tuple(cents, fc.integer({ min: 1, max: 500 }), anyClass, fc.nat(2), fc.nat(2)), {
    minLength: 1,
    maxLength: 12,
  })
  .map((drawn) =>
    drawn.map(([price, quantity, taxClass, category, brand], index) =>
      line(`S${index}`, price, quantity, {
        lineId: String(index + 1),
        taxClass,
        categories: ['all', `C${category}`],
        ...(brand === 2 ? {} : { brand: `B${brand}` }),
      }),
    ),
  );

const anySelector: fc.Arbitrary<Selector> = fc.record(
  {
    skus: fc.uniqueArray(fc.constantFrom('S0', 'S1', 'S2', 'S3', 'S4'), { minLength: 1 }),
    categories: fc.uniqueArray(fc.constantFrom('C0', 'C1', 'nothing'), { minLength: 1 }),
    brands: fc.uniqueArray(fc.constantFrom('B0', 'B1'), { minLength: 1 }),
    except: fc.record({ skus: fc.uniqueArray(fc.constantFrom('S1', 'S5')) }),
  },
  { requiredKeys: [] },
);

const anyPercent = fc.oneof(
  fc.constant('100'),
  fc
    .tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 999 }))
    .map(([whole, part]) => `${whole}.${String(part).padStart(3, '0')}`),
);
const anyTarget = fc.oneof(fc.constantFrom('order' as const, 'shipping' as const), anySelector);
const someEur = fc.array(cents.map(eur), { maxLength: 1 });

const anyPercentOff: fc.Arbitrary<Effect> = fc.record(
  { type: fc.constant('percent-off' as const), percent: anyPercent, of: anyTarget, atMost: fc.tuple(cents.map(eur)) },
  { requiredKeys: ['type', 'percent', 'of'] },
);
const anyAmountOff: fc.Arbitrary<Effect> = fc.record({
  type: fc.constant('amount-off' as const),
  amounts: someEur,
  of: anyTarget,
});
const anyFixedPrice: fc.Arbitrary<Effect> = fc.record({
  type: fc.constant('fixed-price' as const),
  amounts: someEur,
  of: anySelector,
});
const units = fc.integer({ min: 1, max: 3 });
const anyBuyGet: fc.Arbitrary<Effect> = fc.record(
  {
    type: fc.constant('buy-get' as const),
    buy: fc.record({ quantity: units, of: anySelector }, { requiredKeys: ['quantity'] }),
    get: fc.record(
      { quantity: units, of: anySelector, percent: anyPercent },
      { requiredKeys: ['quantity', 'percent'] },
    ),
    timesAtMost: units,
  },
  { requiredKeys: ['type', 'buy', 'get'] },
);
const anyFreeShipping: fc.Arbitrary<Effect> = fc.record(
  { type: fc.constant('free-shipping' as const), methods: fc.subarray(['standard', 'express']) },
  { requiredKeys: ['type'] },
);

/** Of lines alone, each by itself: what such an effect gives a line depends on no other line. */
export const anyLineEffect: fc.Arbitrary<Effect> = fc.oneof(
  fc.record({ type: fc.constant('percent-off' as const), percent: anyPercent, of: anySelector }),
  anyFixedPrice,
);
const anyEffect = fc.oneof(anyPercentOff, anyAmountOff, anyFixedPrice, anyBuyGet, anyFreeShipping);

const anyCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ type: fc.constant('subtotal' as const), atLeast: someEur }),
  fc.record(
    { type: fc.constant('quantity' as const), atLeast: fc.integer({ min: 1, max: 600 }), of: anySelector },
    { requiredKeys: ['type', 'atLeast'] },
  ),
);

export const promotion = (
  promotionId: string,
  then: readonly Effect[],
  others: Partial<PromotionTerms> = {},
): Offer => ({
  promotion: {
    promotionId,
    name: `The ${promotionId}`,
    priority: 0,
    combines: 'all',
    trigger: 'automatic',
    when: [],
    then,
    ...others,
  },
});

/** Takes an amount off one SKU. */
export const amountOff = (sku: string, amount: number, promotionId = 'sale'): Offer =>
  promotion(promotionId, [{ type: 'amount-off', amounts: [eur(amount)], of: { skus: [sku] } }]);

export interface Drawn {
  readonly effect?: fc.Arbitrary<Effect>;
  readonly condition?: fc.Arbitrary<Condition>;
}

/** Promotions of any effects, conditions and combinations. */
export const offersOf = ({ effect = anyEffect, condition }: Drawn = {}): fc.Arbitrary<readonly Offer[]> =>
  fc
    .array(
      fc.record({
        priority: fc.nat(2),
        combines: fc.oneof(
          { weight: 3, arbitrary: fc.constantFrom('all' as const, 'none' as const) },
          fc.subarray(['G0', 'G1']),
        ),
        group: fc.constantFrom('G0', 'G1', 'G2'),
        when: condition === undefined ? fc.constant([]) : fc.array(condition, { maxLength: 2 }),
        then: fc.array(effect, { minLength: 1, maxLength: 2 }),
      }),
      { maxLength: 5 },
    )
    .map((drawn) => drawn.map(({ then, ...others }, index) => promotion(`P${index}`, then, others)));

export const anyOffers = offersOf({ condition: anyCondition });

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

export const anybody: Omit<Buyer, 'country'> = { channel: 'default', customerGroups: [], isFirstOrder: false };

interface Pricing {
  readonly to?: Destination;
  readonly offers?: readonly Offer[];
  readonly buyer?: Omit<Buyer, 'country'>;
  readonly shippingMethod?: string;
}

/** @throws where it is refused */
export function price(policy: PricingPolicy, lines: readonly Line[], pricing: Pricing = {}) {
  const { to = germany, offers = [], buyer = anybody, shippingMethod } = pricing;
  const method = shippingMethod === undefined ? {} : { shippingMethod };
  const result = priceCart(lines, to, { policy, currency: 'EUR', ...method, promotions: { offers, buyer } });
  if (!result.accepted) throw new Error(result.refusal.code);
  return result;
}
