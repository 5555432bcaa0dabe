import fc from 'fast-check';
import type { Offer } from './index.js';
import { modelled } from './test-support/discount-model.js';
import {
  anyLineEffect,
  anyLines,
  anyOffers,
  anyPolicy,
  eur,
  line,
  offersOf,
  price,
  taxing,
} from './test-support/pricing-examples.js';
import type { Line } from './test-support/pricing-examples.js';

const free = taxing([]);
const totalOf = (lines: readonly Line[], offers: readonly Offer[]): number =>
  price(free, lines, { offers }).totals.total.amount;

const anyDearerLine = (lines: readonly Line[]) =>
  fc.tuple(fc.nat(lines.length - 1), fc.integer({ min: 1, max: 100_000 })).map(([index, more]) =>
    lines.map((each, at) => {
      if (at !== index) return each;
      const amount = each.unitPrice.amount + more;
      return { ...each, unitPrice: eur(amount), lineTotal: eur(amount * each.quantity) };
    }),
  );

describe('promotions, whatever they are', () => {
  it('take off what a second telling of the rules takes off, to the minor unit', () => {
    fc.assert(
      fc.property(anyLines, anyPolicy, anyOffers, (lines, policy, offers) => {
        const { lines: priced, shipping } = price(policy, lines, { offers });
        const { method, price: asked } = shipping;
        const left = modelled({ lines, shipping: { method, price: asked.amount }, rounding: policy.rounding }, offers);
        expect({
          lines: priced.map(({ lineTotal, discount }) => BigInt(lineTotal.amount - discount.amount)),
          shipping: BigInt(asked.amount - shipping.discount.amount),
        }).toEqual(left);
      }),
      { numRuns: 1000 },
    );
  });

  it('sell nothing for less than zero, and raise nothing', () => {
    fc.assert(
      fc.property(anyLines, anyPolicy, anyOffers, (lines, policy, offers) => {
        const { lines: priced, shipping, promotions } = price(policy, lines, { offers });
        for (const { lineTotal, discount, gross } of priced) {
          expect(discount.amount).toBeGreaterThanOrEqual(0);
          expect(discount.amount).toBeLessThanOrEqual(lineTotal.amount);
          expect(gross.amount).toBeGreaterThanOrEqual(0);
        }
        expect(shipping.discount.amount).toBeLessThanOrEqual(shipping.price.amount);
        for (const { amount } of promotions.promotions) expect(amount.amount).toBeGreaterThan(0);
      }),
    );
  });

  it('are told by promotion and by line with one sum', () => {
    fc.assert(
      fc.property(anyLines, anyOffers, (lines, offers) => {
        const { lines: priced, shipping, promotions, totals } = price(free, lines, { offers });
        const sumOf = (
          all: readonly { readonly promotionId: string; readonly amount: { readonly amount: number } }[],
        ) => {
          const sums = new Map<string, number>();
          for (const { promotionId, amount } of all)
            sums.set(promotionId, (sums.get(promotionId) ?? 0) + amount.amount);
          return sums;
        };
        const byLine = [...priced.flatMap(({ discounts }) => discounts), ...shipping.discounts];
        expect(sumOf(promotions.promotions)).toEqual(sumOf(byLine));
        expect(byLine.reduce((sum, { amount }) => sum + amount.amount, 0)).toBe(totals.discount.amount);
        for (const { discounts } of [...priced, shipping])
          expect(new Set(discounts.map(({ promotionId }) => promotionId)).size).toBe(discounts.length);
      }),
    );
  });

  it('are given in one way, in whatever order they are handed over', () => {
    fc.assert(
      fc.property(anyLines, anyOffers, (lines, offers) => {
        const [back, forth] = [price(free, lines, { offers: offers.toReversed() }), price(free, lines, { offers })];
        expect({ ...back, promotions: null }).toEqual({ ...forth, promotions: null });
        expect(back.promotions.promotions).toEqual(forth.promotions.promotions);
        expect(back.promotions.outcomes.toReversed()).toEqual(forth.promotions.outcomes);
      }),
    );
  });
});

// Which of two promotions is given, and which units are the cheapest, may turn when a price is raised, and what is given instead may
// save more of what others take off: groups that exclude each other, and buy some get some beside others, are not part of this law.
describe('promotions without a condition', () => {
  const together = ({ promotion }: Offer): Offer => {
    const then = promotion.then.filter(({ type }) => type !== 'buy-get');
    return { promotion: { ...promotion, then, combines: promotion.combines === 'none' ? 'none' : 'all' } };
  };
  const alone = ({ promotion }: Offer): Offer => ({
    promotion: { ...promotion, then: promotion.then.slice(0, 1), combines: 'none' },
  });

  it.each([
    ['together', together],
    ['each of one effect, alone', alone],
  ])('%s never lower a total when a price is raised, but for the minor units that are rounded', (_, only) => {
    const anyCase = fc
      .tuple(anyLines, offersOf())
      .chain(([lines, offers]) => fc.tuple(fc.constant(lines), anyDearerLine(lines), fc.constant(offers.map(only))));
    fc.assert(
      fc.property(anyCase, ([lines, dearer, offers]) => {
        const roundings = lines.length * offers.reduce((sum, { promotion }) => sum + promotion.then.length, 0);
        expect(totalOf(dearer, offers)).toBeGreaterThanOrEqual(totalOf(lines, offers) - roundings);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a discount on lines', () => {
  it('is not changed by another line that is added', () => {
    const together = offersOf({ effect: anyLineEffect }).map((offers) =>
      offers.map(({ promotion }): Offer => ({ promotion: { ...promotion, combines: 'all' } })),
    );
    fc.assert(
      fc.property(anyLines, together, fc.integer({ min: 0, max: 10_000 }), (lines, offers, amount) => {
        const more = [...lines, line('S99', amount, 2, { lineId: '99', categories: ['C0'] })];
        const [before, after] = [price(free, lines, { offers }), price(free, more, { offers })];
        expect(after.lines.slice(0, -1)).toEqual(before.lines);
      }),
    );
  });
});
