import { valueChanges, withMoney } from './value-changes.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });

describe('the differences of an order', () => {
  it('are told value by value', () => {
    const after = { status: 'created', lines: [{ sku: 'tea', gross: usd(5) }] };
    expect(valueChanges({ path: '/shipments/0', after, by: 'e' })).toEqual([
      { path: '/shipments/0/status', before: undefined, after: 'created', by: 'e' },
      { path: '/shipments/0/lines/0/sku', before: undefined, after: 'tea', by: 'e' },
      { path: '/shipments/0/lines/0/gross', before: undefined, after: usd(5), by: 'e' },
    ]);
    expect(valueChanges({ path: '/status', before: 'a', after: 'b', by: 'e' })).toHaveLength(1);
  });

  it('of amounts are told as money', () => {
    expect(withMoney([{ path: '/payment/captured/amount', before: 0, after: 5, by: 'e' }], 'USD')).toEqual([
      { path: '/payment/captured', before: usd(0), after: usd(5), by: 'e' },
    ]);
  });
});
