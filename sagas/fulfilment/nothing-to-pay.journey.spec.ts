import { orderAggregate } from '../../domain/order/index.js';
import { paymentAggregate, paymentView } from '../../domain/payment/index.js';
import { paymentIdOf } from '../effects/aggregate-targets.js';
import { Shop, type RunningSagas } from '../test-support/shop.js';

let shop: Shop;
let process: RunningSagas;
beforeAll(async () => {
  shop = await Shop.open();
  process = await shop.start();
  await shop.receive('GIFT', 20);
  await shop.receive('TEA', 20);
});
afterAll(async () => {
  await process.runner.close();
  await shop.close();
});

const createdAt = '2026-11-02T09:00:00.000Z';
const deliveredAt = '2026-11-02T10:00:00.000Z';
const usd = (amount: number) => ({ amount, currency: 'USD' });
const gift = { sku: 'GIFT', quantity: 2 };
const tea = { sku: 'TEA', quantity: 1 };

async function bought(...lines: readonly { readonly sku: string; readonly quantity: number }[]): Promise<string> {
  const orderId = await shop.checkOut(lines);
  await shop.atRest(process);
  return orderId;
}

/** Where order and money stand. */
async function standing(orderId: string) {
  const status = await shop.executor.query(orderAggregate, orderId, (state) => state.status);
  const payment = await shop.executor.query(paymentAggregate, paymentIdOf(orderId), paymentView);
  return {
    order: status,
    payment: payment?.status,
    authorized: payment?.authorized.amount,
    captured: payment?.captured.amount,
  };
}

describe('an order that costs nothing', () => {
  it('is confirmed and shipped, and has nothing that could be refunded', async () => {
    const orderId = await bought(gift);
    await shop.order(orderId, { type: 'create-shipment', createdAt });
    await shop.atRest(process);
    expect(await standing(orderId)).toEqual({ order: 'shipped', payment: 'captured', authorized: 0, captured: 0 });
    const refund = { type: 'request-refund', refundId: 'r', captured: usd(0), reason: 'broken' } as const;
    await expect(shop.order(orderId, refund)).rejects.toThrow('PAYMENT.REFUND_EXCEEDS_CAPTURED');
    await expect(shop.order(orderId, { ...refund, amount: usd(1) })).rejects.toThrow('PAYMENT.REFUND_EXCEEDS_CAPTURED');
  });

  it('ends cancelled when it is cancelled, without its authorisation of nothing', async () => {
    const orderId = await bought(gift);
    await shop.order(orderId, { type: 'request-cancellation', reason: 'changed my mind' });
    await shop.atRest(process);
    expect(await standing(orderId)).toEqual({ order: 'cancelled', payment: 'voided', authorized: 0, captured: 0 });
  });
});

describe('an order with a free line and a paid one', () => {
  it('takes no money when only the free line ships and the rest is cancelled, and completes', async () => {
    const orderId = await bought(gift, tea);
    await shop.order(orderId, { type: 'create-shipment', createdAt, lines: [gift] });
    await shop.order(orderId, { type: 'request-cancellation', reason: 'the tea is late' });
    await shop.atRest(process);
    expect(await standing(orderId)).toEqual({ order: 'shipped', payment: 'voided', authorized: 0, captured: 0 });
    expect(shop.provider.movedFor(paymentIdOf(orderId))).toEqual(['authorize', 'void']);
    const last = (await shop.events(`order-${orderId}`)).at(-1);
    expect(last).toMatchObject({
      type: 'order.cancelled.v1',
      data: { lines: [{ ...tea, revenue: usd(500) }], kept: [{ ...gift, revenue: usd(0) }], wholly: false },
    });
    expect(await shop.stockOf('TEA')).toEqual({ onHand: 20, reserved: 0 });

    await shop.order(orderId, { type: 'deliver-shipment', shipmentId: `${orderId}.1`, deliveredAt, now: deliveredAt });
    await shop.atRest(process);
    expect((await shop.typesOfOrder(orderId)).at(-1)).toBe('completed');
  });
});
