import type { Schema } from '../../../shared/api/index.js';
import { filtersOf, isOrderId, mergeOrders } from './find.js';

describe('the search', () => {
  it.each([
    ['', []],
    ['ada@example.com', [{ email: 'ada@example.com' }]],
    [' basket-7 ', [{ reference: 'basket-7' }, { sku: 'basket-7' }]],
    [
      'c4ma-h2g5-g4ze-2',
      [{ orderNumber: 'c4ma-h2g5-g4ze-2' }, { reference: 'c4ma-h2g5-g4ze-2' }, { sku: 'c4ma-h2g5-g4ze-2' }],
    ],
  ])('tries "%s" as what it could be', (text, filters) => {
    expect(filtersOf(text)).toEqual(filters);
  });

  it('knows the id of an order', () => {
    expect(isOrderId('6fb778e8-13c0-83da-b208-eeb5e572c499')).toBe(true);
    expect(isOrderId('C4MA-H2G5-G4ZE-2')).toBe(false);
  });

  it('has an order once that several filters found', () => {
    const order = (orderId: string) => ({ orderId }) as Schema<'Order'>;
    const found = mergeOrders([[order('a'), order('b')], [order('b')], [order('c')]]);
    expect(found.map(({ orderId }) => orderId)).toEqual(['a', 'b', 'c']);
  });
});
