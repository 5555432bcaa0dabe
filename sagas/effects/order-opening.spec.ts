import { checkedOutCart } from '../test-support/checked-out-cart.js';
import { bySaga, DecidingLog } from '../test-support/deciding-log.js';
import { orderOpening, paymentIdOf, type CheckedOut, type CheckoutReader } from './aggregate-targets.js';

let log: DecidingLog;
beforeAll(async () => (log = await DecidingLog.open()));
afterAll(() => log.close());

/** Opens the order of this checkout; answers what is recorded. */
async function openedFrom(changes: Partial<CheckedOut>) {
  const recorded = await checkedOutCart(log);
  const checkout = { ...recorded.checkout, ...changes };
  const { orderId } = checkout;
  const checkouts = { read: async () => checkout } as never as CheckoutReader;
  const command = { type: 'open-order-from-cart', source: recorded.source } as const;
  const open = orderOpening(log.executor, checkouts);
  const replies = [await open(orderId, command, bySaga()), await open(orderId, command, bySaga())];
  expect(replies.map(({ reply }) => reply.outcome)).toEqual(['accepted', 'accepted']);
  const events = await log.events(`order-${orderId}`);
  expect(events.map(({ type }) => type)).toEqual(['order.opened.v1']);
  return { orderId, order: events[0]?.data, checkout };
}

describe('an order that a checkout opens', () => {
  it('has all that was checked out, and the payment that its checkout will request', async () => {
    const { orderId, order, checkout } = await openedFrom({});
    const { lines, totals, cartId, orderNumber, personId, reference } = checkout;
    expect(order).toMatchObject({ orderId, lines, totals, cartId, orderNumber, personId, reference });
    expect(order).toMatchObject({ paymentId: paymentIdOf(orderId) });
  });

  it('has of the buyer who and where they are, and nothing to pay with', async () => {
    const { order } = await openedFrom({});
    expect(order).toMatchObject({ personal: { email: 'ada@example.org', shippingAddress: { name: 'Ada' } } });
    for (const member of ['paymentToken', 'paymentProvider', 'client'])
      expect(JSON.stringify(order)).not.toContain(member);
  });

  it('has nothing of a person who is forgotten', async () => {
    expect((await openedFrom({ personal: null })).order).toMatchObject({ personal: null });
  });
});
