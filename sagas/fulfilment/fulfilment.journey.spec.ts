import { paymentIdOf } from '../effects/aggregate-targets.js';
import { Shop, type RunningSagas } from '../test-support/shop.js';

let shop: Shop;
let process: RunningSagas;
beforeAll(async () => {
  shop = await Shop.open();
  process = await shop.start();
});
afterAll(async () => {
  await process.runner.close();
  await shop.close();
});

const createdAt = '2026-11-02T09:00:00.000Z';
const deliveredAt = '2026-11-02T10:00:00.000Z';

/** A confirmed order of two of each SKU. */
async function confirmed(skus: readonly string[], token = 'tok_ok'): Promise<string> {
  for (const sku of skus) await shop.receive(sku, 2);
  const orderId = await shop.checkOut(
    skus.map((sku) => ({ sku, quantity: 2 })),
    token,
  );
  await shop.atRest(process);
  return orderId;
}

const moneyMoved = (orderId: string): readonly string[] => shop.provider.movedFor(paymentIdOf(orderId));

describe('a fulfilment on real aggregates', () => {
  it('books, commits and captures when the last line ships, and completes when it is delivered', async () => {
    const orderId = await confirmed(['A1', 'A2']);
    await shop.order(orderId, { type: 'create-shipment', createdAt, lines: [{ sku: 'A1', quantity: 2 }] });
    await shop.atRest(process);
    expect(await shop.types('inventory-A1')).toEqual(['received', 'reserved', 'committed']);
    expect(moneyMoved(orderId)).toEqual(['authorize']);

    await shop.order(orderId, { type: 'create-shipment', createdAt });
    await shop.atRest(process);
    expect(moneyMoved(orderId)).toEqual(['authorize', 'capture']);
    expect(await shop.stockOf('A2')).toEqual({ onHand: 0, reserved: 0 });

    for (const n of [1, 2]) {
      await shop.order(orderId, {
        type: 'deliver-shipment',
        shipmentId: `${orderId}.${n}`,
        deliveredAt,
        now: deliveredAt,
      });
    }
    await shop.atRest(process);
    expect(await shop.types(`shipment-${orderId}.2`)).toEqual(['booked', 'delivered']);
    expect((await shop.typesOfOrder(orderId)).at(-1)).toBe('completed');
    expect((await shop.events(`saga-fulfilment-${orderId}`)).at(-1)?.data['done']).toBe(true);
  });

  it('keeps the carrier and the number that the shop gave', async () => {
    const orderId = await confirmed(['B1']);
    await shop.order(orderId, { type: 'create-shipment', createdAt, carrier: 'Own van', trackingNumber: 'V-1' });
    await shop.atRest(process);
    const [booked] = await shop.events(`shipment-${orderId}.1`);
    expect(booked?.data).toMatchObject({ carrier: 'Own van', trackingNumber: 'V-1' });
  });

  it('lets stock and money go when an order is cancelled before anything shipped', async () => {
    const orderId = await confirmed(['C1', 'C2']);
    await shop.order(orderId, { type: 'request-cancellation', reason: 'changed my mind' });
    await shop.atRest(process);

    expect(await shop.stockOf('C1')).toEqual({ onHand: 2, reserved: 0 });
    expect(await shop.stockOf('C2')).toEqual({ onHand: 2, reserved: 0 });
    expect(moneyMoved(orderId)).toEqual(['authorize', 'void']);
    const last = (await shop.events(`order-${orderId}`)).at(-1);
    expect(last).toMatchObject({ type: 'order.cancelled.v1', data: { wholly: true } });
    expect((await shop.typesOfCart(orderId)).at(-1)).toBe('checked-out');
  });

  it('commits what shipped and captures no more than that when the rest is cancelled at the same moment', async () => {
    const orderId = await confirmed(['D1', 'D2']);
    await shop.order(orderId, { type: 'create-shipment', createdAt, lines: [{ sku: 'D1', quantity: 1 }] });
    await shop.order(orderId, { type: 'request-cancellation', reason: 'too slow' });
    await shop.atRest(process);

    expect(await shop.stockOf('D1')).toEqual({ onHand: 1, reserved: 0 });
    expect(await shop.stockOf('D2')).toEqual({ onHand: 2, reserved: 0 });
    const captured = (await shop.events(`payment-${paymentIdOf(orderId)}`)).at(-1);
    expect(captured).toMatchObject({ type: 'payment.captured.v1', data: { amount: { amount: 500 } } });
    const last = (await shop.events(`order-${orderId}`)).at(-1);
    expect(last).toMatchObject({ type: 'order.cancelled.v1', data: { wholly: false } });

    await shop.order(orderId, { type: 'deliver-shipment', shipmentId: `${orderId}.1`, deliveredAt, now: deliveredAt });
    await shop.atRest(process);
    expect((await shop.typesOfOrder(orderId)).at(-1)).toBe('completed');
  });

  /** Refused four times. */
  async function shippedAndUnpaid(sku: string): Promise<string> {
    const orderId = await confirmed([sku], 'tok_no_capture');
    await shop.order(orderId, { type: 'create-shipment', createdAt });
    await shop.atRest(process);
    for (const pause of [5_000, 30_000, 120_000, 600_000]) {
      shop.clock.advance(pause);
      await shop.atRest(process);
    }
    return orderId;
  }

  it('tries a refused capture three more times, and then the order needs a person', async () => {
    const orderId = await shippedAndUnpaid('E1');
    const types = await shop.typesOfPayment(orderId);
    expect(types.filter((type) => type === 'capture-failed')).toHaveLength(4);
    expect(types.at(-1)).toBe('capture-failed');
    const last = (await shop.events(`order-${orderId}`)).at(-1);
    expect(last).toMatchObject({ type: 'order.attention-needed.v1', data: { code: 'PAYMENT.CAPTURE_FAILED' } });
    expect(process.runner.status()).toMatchObject({ instances: 0, work: 0 });
  });

  it('tries a refused capture in time where the clock is put back meanwhile', async () => {
    const orderId = await confirmed(['E3'], 'tok_no_capture');
    await shop.order(orderId, { type: 'create-shipment', createdAt });
    await shop.atRest(process);
    shop.clock.set(-3_600_000);
    shop.clock.advance(5_000);
    await shop.atRest(process);
    const types = await shop.typesOfPayment(orderId);
    expect(types.filter((type) => type === 'capture-failed')).toHaveLength(2);
    shop.clock.set(3_600_000);
  });

  it('tries it again when a person says so, with a new key, and needs nobody once it is paid', async () => {
    const orderId = await shippedAndUnpaid('E2');
    const retry = async () => {
      await shop.order(orderId, { type: 'retry-payment', captured: { amount: 0, currency: 'USD' } });
      await shop.atRest(process);
    };
    await retry();
    expect((await shop.typesOfPayment(orderId)).filter((type) => type === 'capture-failed')).toHaveLength(5);
    expect((await shop.typesOfOrder(orderId)).at(-1)).toBe('payment-retry-requested');

    shop.provider.relents = true;
    await retry();
    shop.provider.relents = false;
    expect((await shop.typesOfPayment(orderId)).slice(-2)).toEqual(['capture-requested', 'captured']);
    const requested = (await shop.eventsOfPayment(orderId)).filter(({ type }) => type.includes('capture-requested'));
    expect(new Set(requested.map(({ data }) => data['idempotencyKey'])).size).toBe(6);
    expect((await shop.typesOfOrder(orderId)).at(-1)).toBe('attention-resolved');

    const shipmentId = `${orderId}.1`;
    await shop.order(orderId, { type: 'deliver-shipment', shipmentId, deliveredAt, now: deliveredAt });
    await shop.atRest(process);
    expect((await shop.typesOfOrder(orderId)).at(-1)).toBe('completed');
  });
});

describe('a refund on real aggregates', () => {
  const usd = (amount: number) => ({ amount, currency: 'USD' });

  async function shippedAndRefunded(sku: string, token: string): Promise<string> {
    const orderId = await confirmed([sku], token);
    await shop.order(orderId, { type: 'create-shipment', createdAt });
    await shop.atRest(process);
    const refundId = `refund-of-${orderId}`;
    await shop.order(orderId, {
      type: 'request-refund',
      refundId,
      amount: usd(300),
      captured: usd(1_000),
      reason: 'x',
    });
    await shop.atRest(process);
    return orderId;
  }

  it('gives the money back once', async () => {
    const orderId = await shippedAndRefunded('F1', 'tok_ok');
    expect(moneyMoved(orderId)).toEqual(['authorize', 'capture', 'refund']);
    expect((await shop.typesOfPayment(orderId)).slice(-2)).toEqual(['refund-requested', 'refunded']);
  });

  it('tells the order when the provider refuses, so that the amount can be asked for again', async () => {
    const orderId = await shippedAndRefunded('F2', 'tok_no_refund');
    const [failed, flag] = (await shop.events(`order-${orderId}`)).slice(-2);
    expect(failed).toMatchObject({ type: 'order.refund-failed.v1', data: { code: 'PAYMENT.REFUND_REFUSED' } });
    expect(flag).toMatchObject({ type: 'order.attention-needed.v1', data: { code: 'PAYMENT.REFUND_FAILED' } });
  });

  it('asks again when a person says so, with a new key, and needs nobody once the money is back', async () => {
    const orderId = await shippedAndRefunded('F3', 'tok_no_refund');
    const retry = async () => {
      await shop.order(orderId, { type: 'retry-payment', captured: usd(1_000) });
      await shop.atRest(process);
    };
    await retry();
    expect((await shop.typesOfOrder(orderId)).slice(-2)).toEqual(['refund-requested', 'refund-failed']);
    shop.provider.relents = true;
    await retry();
    shop.provider.relents = false;
    expect((await shop.typesOfOrder(orderId)).slice(-2)).toEqual(['refund-requested', 'attention-resolved']);
    expect(moneyMoved(orderId)).toEqual(['authorize', 'capture', 'refund']);
    const requested = (await shop.eventsOfPayment(orderId)).filter(
      ({ type }) => type === 'payment.refund-requested.v1',
    );
    expect(requested.map(({ data }) => data['refundId'])).toEqual(Array(3).fill(`refund-of-${orderId}`));
    expect(new Set(requested.map(({ data }) => data['idempotencyKey'])).size).toBe(3);
  });
});
