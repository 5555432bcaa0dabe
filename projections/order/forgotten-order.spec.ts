import type { OrderEvent, OrderOpened } from '../../domain/order/index.js';
import type { PersonEvent } from '../../domain/person/index.js';
import * as sale from '../../domain/shared/test-support/index.js';
import { EventLog, fold } from '../shared/test-support/index.js';
import { ordersReadModel } from './orders.read-model.js';

const price = { amount: 1_000, currency: 'USD' };
const shippingAddress = { name: 'Ann', line1: '1 High St', city: 'Town', postalCode: '1', country: 'US' };
const opened = (personal: OrderOpened['data']['personal']): OrderOpened => ({
  type: 'order.opened.v1',
  data: {
    orderId: 'o1',
    orderNumber: 'ABCD-EFGH-JK',
    cartId: 'c1',
    currency: 'USD',
    lines: [sale.untaxedLine('tea', { price, quantity: 1 })],
    shipping: sale.untaxedShipping(price),
    totals: sale.untaxedTotals(price),
    taxes: [],
    pricing: sale.defaultBasis,
    destination: { country: 'US' },
    paymentId: 'p1',
    personId: 'x',
    personal,
  },
});
const ann = { email: 'ann@example.com', shippingAddress, billingAddress: shippingAddress };
const confirmed: OrderEvent = { type: 'order.confirmed.v1', data: { orderId: 'o1', lines: [] } };
const forgotten = (...orders: readonly string[]): PersonEvent => ({
  type: 'person.forgotten.v1',
  data: { personId: 'x', carts: [], orders, payments: [] },
});

const orderAfter = (...events: readonly (OrderEvent | PersonEvent)[]) => {
  const log = new EventLog<OrderEvent | PersonEvent>();
  for (const event of events) log.append(event.type === 'person.forgotten.v1' ? 'person-x' : 'order-o1', event);
  return fold(ordersReadModel, log.events).get('o1');
};

describe('an order whose buyer is forgotten', () => {
  it('comes to what a rebuild makes of it once the key is gone', () => {
    const live = orderAfter(opened(ann), confirmed, forgotten('o0', 'o1'));
    expect(live).toEqual(orderAfter(opened(null), confirmed, forgotten('o0', 'o1')));
    expect(live).toMatchObject({ status: 'confirmed', email: null, emailKey: null, shippingAddress: null, version: 1 });
  });

  it('has refunds and shows nobody why', () => {
    const asked = (reason: string | null): OrderEvent => ({
      type: 'order.refund-requested.v1',
      data: { orderId: 'o1', refundId: 'r1', amount: price, lines: [], personId: 'x', reason },
    });
    const live = orderAfter(opened(ann), confirmed, asked('Ann moved away'), forgotten('o1'));
    expect(live).toEqual(orderAfter(opened(null), confirmed, asked(null), forgotten('o1')));
    expect(live).toMatchObject({ refunds: [{ refundId: 'r1', amount: price }] });
    expect(JSON.stringify(live)).not.toContain('moved');
  });

  it('shows what coupons took off and no code any more', () => {
    const off = { promotionId: 'spring', name: 'Spring', amount: price };
    const sold = (personal: OrderOpened['data']['personal']): OrderOpened => {
      const { data } = opened(personal);
      const lines = data.lines.map((line) => ({ ...line, discounts: [off] }));
      const shipping = { ...data.shipping, discounts: [off] };
      const discounts = [{ ...off, level: 'order', couponId: 'c1' }] as const;
      return { type: 'order.opened.v1', data: { ...data, lines, shipping, discounts } };
    };
    const codes = [{ couponId: 'c1', code: 'SPRING-26' }];
    const shown = { ...off, code: 'SPRING-26' };
    expect(orderAfter(sold({ ...ann, codes }))).toMatchObject({
      lines: [{ discounts: [shown] }],
      discounts: [{ ...shown, level: 'order' }],
      shippingCost: { discounts: [shown] },
    });
    const live = orderAfter(sold({ ...ann, codes }), forgotten('o1'));
    expect(live).toEqual(orderAfter(sold(null), forgotten('o1')));
    expect(JSON.stringify(live)).not.toContain('SPRING-26');
  });

  it('is that one alone', () => {
    expect(orderAfter(opened(ann), forgotten('o2'))).toMatchObject({ email: 'ann@example.com' });
  });

  it('is opened without what is personal where it had not been opened yet', () => {
    expect(orderAfter(forgotten('o1'), opened(null))).toMatchObject({ status: 'pending', email: null });
  });
});
