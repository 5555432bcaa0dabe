import { conditionsOf } from './price-words.js';

describe('what a price depends on', () => {
  it('is told in words', () => {
    const price = { priceId: 'a', amount: 299, currency: 'EUR' as const };
    expect(conditionsOf(price)).toBe('for everybody');
    expect(conditionsOf({ ...price, minQuantity: 10, customerGroup: 'trade', channel: 'at', list: 'sale' })).toBe(
      'from 10 units on, for the group trade, in the channel at, of the list sale',
    );
  });
});
