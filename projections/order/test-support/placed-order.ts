import type { OrderOpened } from '../../../domain/order/index.js';
import * as sale from '../../../domain/shared/test-support/index.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });

export const order: OrderOpened['data'] = {
  orderId: 'o-1',
  orderNumber: 'ABCD-EFGH-JK',
  cartId: 'c-1',
  reference: 'basket-7',
  customerId: 'ann',
  currency: 'USD',
  lines: [
    sale.untaxedLine('tea', { price: usd(10), quantity: 3 }, { categories: ['drinks'] }),
    sale.untaxedLine('pot', { price: usd(25), quantity: 2 }),
  ],
  shipping: sale.untaxedShipping(usd(5)),
  totals: { ...sale.untaxedTotals(usd(80)), shipping: usd(5), tax: usd(8), net: usd(85), total: usd(93) },
  taxes: [],
  pricing: sale.defaultBasis,
  destination: { country: 'US' },
  paymentId: 'p-1',
  personId: 'x',
  personal: {
    email: 'Ann@Example.com',
    shippingAddress: { name: 'Ann', line1: '1 High St', city: 'Town', postalCode: '1', country: 'US' },
  },
};
export const opened: OrderOpened = { type: 'order.opened.v1', data: order };
