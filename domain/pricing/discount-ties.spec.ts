import type { Offer } from './index.js';
import { eur, line, price, promotion, taxing } from './test-support/pricing-examples.js';

/** Lines that cost the same, by their ids, with what is taken off each. */
function taken(offers: readonly Offer[], ids: readonly string[]): Readonly<Record<string, number>> {
  const lines = ids.map((lineId) => line(`SKU-${lineId}`, 1000, 1, { lineId }));
  const priced = price(taxing([]), lines, { offers });
  return Object.fromEntries(priced.lines.map(({ lineId, discount }) => [lineId, discount.amount]));
}

describe('of lines that cost the same', () => {
  const orders = [
    ['2', '9', '10'],
    ['10', '9', '2'],
    ['9', '2', '10'],
  ];

  it.each(orders)('the one that was added first bears what does not divide evenly, listed as %s, %s, %s', (...ids) => {
    const off = promotion('p', [{ type: 'amount-off', amounts: [eur(100)], of: 'order' }]);
    expect(taken([off], ids)).toEqual({ 2: 34, 9: 33, 10: 33 });
  });
});
