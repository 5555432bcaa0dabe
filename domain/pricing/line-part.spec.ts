import fc from 'fast-check';
import { linePart } from './index.js';
import type { PricingPolicy } from './index.js';
import {
  amountOff,
  anyLines,
  anyOffers,
  anyPolicy,
  eur,
  line,
  price,
  taxing,
  vat,
} from './test-support/pricing-examples.js';
import type { Offer } from './promotion.js';
import type { Line } from './test-support/pricing-examples.js';

/** A line of a policy of one rate. */
function soldLine(policy: PricingPolicy, of: Line, offers: readonly Offer[] = []) {
  const { lines, basis } = price(policy, [of], { offers });
  const [sold] = lines;
  if (sold === undefined) throw new Error('no line');
  return (after: number, quantity: number) => linePart(sold, { after, quantity }, basis);
}

/** Any line that was sold, and what it was sold by. */
const anySoldLine = fc
  .tuple(anyLines, anyPolicy, anyOffers)
  .map(([lines, policy, offers]) => price(policy, lines, { offers }))
  .map(({ lines: [sold], basis }) => ({ sold: sold as NonNullable<typeof sold>, basis }));

describe('a part of a line', () => {
  it('is the line itself where all units are in it', () => {
    const part = soldLine(taxing([vat('0.19', false)]), line('A', 108, 3));
    expect(part(0, 3)).toEqual({ lineId: 'A', sku: 'A', quantity: 3, net: eur(324), tax: eur(62), gross: eur(386) });
  });

  it('costs what the first units would had the others never been there; the others bear the rest', () => {
    const part = soldLine(taxing([vat('0.19', false)]), line('A', 108, 3));
    // 2.16 bear 0.41, 3.24 bear 0.62.
    expect([part(0, 2), part(2, 1)]).toMatchObject([
      { net: eur(216), tax: eur(41), gross: eur(257) },
      { net: eur(108), tax: eur(21), gross: eur(129) },
    ]);
  });

  it('takes the included tax out of the net', () => {
    const part = soldLine(taxing([vat('0.19', true)]), line('A', 119, 3));
    expect(part(1, 1)).toMatchObject({ net: eur(100), tax: eur(19), gross: eur(119) });
  });

  it('bears its share of the discount, the first units the units that do not divide evenly', () => {
    const part = soldLine(taxing([]), line('A', 100, 3), [amountOff('A', 20)]);
    expect([part(0, 1), part(1, 1), part(2, 1)].map(({ gross }) => gross.amount)).toEqual([93, 93, 94]);
  });

  it('makes the line again with all the others, however it is taken apart', () => {
    const anyCuts = fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 8 });
    fc.assert(
      fc.property(anySoldLine, anyCuts, ({ sold, basis }, cuts) => {
        const sum = { quantity: 0, net: 0, tax: 0, gross: 0 };
        for (const cut of [...cuts, sold.quantity]) {
          const part = linePart(
            sold,
            { after: sum.quantity, quantity: Math.min(cut, sold.quantity - sum.quantity) },
            basis,
          );
          for (const name of ['net', 'tax', 'gross'] as const) {
            expect(part[name].amount).toBeGreaterThanOrEqual(0);
            sum[name] += part[name].amount;
          }
          expect(part.gross.amount).toBe(part.net.amount + part.tax.amount);
          sum.quantity += part.quantity;
        }
        const tax = sold.taxes.reduce((all, { amount }) => all + amount.amount, 0);
        const { quantity, net, gross } = sold;
        expect(sum).toEqual({ quantity, net: net.amount, tax, gross: gross.amount });
      }),
    );
  });

  it('that comes first is what a new order of just these units would cost', () => {
    fc.assert(
      fc.property(anyLines, anyPolicy, (lines, policy) => {
        const half = lines.map((each) => {
          const quantity = Math.ceil(each.quantity / 2);
          return { ...each, quantity, lineTotal: eur(each.unitPrice.amount * quantity) };
        });
        const { lines: sold, basis } = price(policy, lines);
        const parts = sold.map((each) => linePart(each, { after: 0, quantity: Math.ceil(each.quantity / 2) }, basis));
        const alone = price(policy, half).lines;
        expect(parts.map(({ net, gross }) => [net, gross])).toEqual(alone.map(({ net, gross }) => [net, gross]));
      }),
    );
  });
});
