import { Driven, event } from '../test-support/drive.js';
import { Shop } from '../test-support/shop.js';
import { disputeSaga, type DisputeState } from './dispute.js';

const ids = { orderId: 'o-1', paymentId: 'p-1', provider: 'stripe' };
const disputed = (reference: string) => event('payment.disputed.v1', { ...ids, reference, respondBy: '2026-11-20' });
const closed = (reference: string) => event('payment.dispute-closed.v1', { ...ids, reference, outcome: 'lost' });

describe('a disputed payment', () => {
  it('needs a person, who is told where and until when, until the last dispute is decided', () => {
    const saga = new Driven<DisputeState>(disputeSaga).happens(disputed('dp-1')).happens(disputed('dp-2'));
    expect(saga.sent).toMatchObject([
      { target: 'order', id: 'o-1', command: { type: 'need-attention', code: 'PAYMENT.DISPUTED' } },
    ]);
    expect(saga.sent[0]?.command).toMatchObject({
      detail: "The buyer's bank asks for the money back (dp-1); answer it at stripe by 2026-11-20.",
    });
    saga.happens(closed('dp-1')).happens(closed('dp-1'));
    expect(saga.sent).toHaveLength(1);
    saga.happens(closed('dp-2'));
    expect(saga.sent[1]?.command).toEqual({ type: 'resolve-attention', code: 'PAYMENT.DISPUTED' });
    saga.happens(disputed('dp-3'));
    expect(saga.sent[2]?.command).toMatchObject({ type: 'need-attention' });
  });
});

describe('a dispute on real aggregates', () => {
  let shop: Shop;
  beforeAll(async () => (shop = await Shop.open()));
  afterAll(() => shop.close());

  it('shows on the order as long as it is open, and moves no balance', async () => {
    const running = await shop.start();
    await shop.receive('TEA', 1);
    const orderId = await shop.checkOut([{ sku: 'TEA', quantity: 1 }]);
    await shop.atRest(running);
    await shop.order(orderId, { type: 'create-shipment', createdAt: new Date(shop.clock.now()).toISOString() });
    await shop.atRest(running);
    const dispute = { reference: 'dp-1', amount: { amount: 500, currency: 'USD' } };
    await shop.payment(orderId, { type: 'record-dispute', ...dispute, reason: 'fraudulent' });
    await shop.atRest(running);
    expect((await shop.events(`order-${orderId}`)).at(-1)).toMatchObject({
      type: 'order.attention-needed.v1',
      data: { code: 'PAYMENT.DISPUTED' },
    });
    await shop.payment(orderId, { type: 'record-dispute-closed', ...dispute, outcome: 'won' });
    await shop.atRest(running);
    expect((await shop.typesOfOrder(orderId)).at(-1)).toBe('attention-resolved');
    expect((await shop.typesOfPayment(orderId)).slice(-3)).toEqual(['captured', 'disputed', 'dispute-closed']);
    await running.runner.close();
  });
});
