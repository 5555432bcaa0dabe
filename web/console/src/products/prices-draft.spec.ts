import type { Schema } from '../../../shared/api/index.js';
import { NO_PRICE, pricesDraft, readPrices } from './prices-draft.js';

const ZONE = 'Europe/Vienna';
const prices: Schema<'ProductPrice'>[] = [
  { priceId: 'a', amount: 299, currency: 'EUR' },
  {
    priceId: 'b',
    amount: 0,
    currency: 'JPY',
    minQuantity: 10,
    customerGroup: 'trade',
    channel: 'at',
    list: 'sale',
    from: '2026-11-26T23:00:00Z',
    to: '2026-11-30T22:59:59Z',
  },
];

describe('the prices of a product that are typed', () => {
  it('are those that they were made of where nothing was typed', () => {
    const rows = prices.map(({ priceId: _id, ...row }) => row);
    expect(readPrices(pricesDraft(prices, ZONE), ZONE)).toEqual({ body: { prices: rows }, misfits: [] });
  });

  it('are told row by row where they are none', () => {
    const draft = { prices: [NO_PRICE, { ...NO_PRICE, amount: '1.5', minQuantity: 'ten', from: 'soon' }] };
    expect(readPrices(draft, ZONE).misfits.map(({ path }) => path)).toEqual([
      'prices.0.amount',
      'prices.1.minQuantity',
      'prices.1.from',
    ]);
  });
});
