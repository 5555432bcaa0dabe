import type { HistoryEntry } from '../../../read-api/order/history-entry.js';
import { eventually, expectStatus, Shop, until, useEngines, type EngineProcess } from '../test-support/index.js';

describe("an order's history", () => {
  const engines = useEngines('all tests');
  let engine: EngineProcess;
  let shop: Shop;
  beforeAll(async () => {
    // Long enough for a cancellation to come before a payment that is settled by a notice.
    engine = await engines.start({ env: { SANDBOX_DELAY_MS: '2000' } });
    shop = new Shop(engine);
    await shop.product({ sku: 'S-1', price: 250, stock: 100 });
    await shop.product({ sku: 'S-2', price: 100, stock: 1 });
  }, 60_000);

  const ask = (orderId: string, part: string, body: object, as: 'admin' | 'support' = 'support') =>
    shop.http.call('POST', `/v1/orders/${orderId}/${part}`, { body, as });

  /** The history once it has an event of this type. */
  const historyWith = (orderId: string, type: string): Promise<readonly HistoryEntry[]> =>
    eventually(`${type} in the history`, async () => {
      const path = `/v1/orders/${orderId}/history?limit=100`;
      const { items } = await shop.read<{ items: readonly HistoryEntry[] }>(path, 'support');
      return items.some((item) => item.type === type) ? items : undefined;
    });

  /** Events whose cause is neither a client's request nor an earlier event of the history. */
  const loose = (items: readonly HistoryEntry[]): string[] => {
    const earlier = new Set<string | null>([null]);
    return items.flatMap(({ eventId, causationId, type }) => {
      const isLoose = !earlier.has(causationId);
      earlier.add(eventId);
      return isLoose ? [type] : [];
    });
  };

  /** Titles, without what is particular about each, from the last event of this type back to the request that began it. */
  const wayBack = (items: readonly HistoryEntry[], type: string): string[] => {
    const titles: string[] = [];
    let at = items.findLast((item) => item.type === type);
    while (at !== undefined) {
      titles.push(`${at.title.split(':')[0]} (${at.actor})`);
      const { causationId } = at;
      at = items.find(({ eventId }) => eventId === causationId);
    }
    return titles;
  };

  it('leads back from a rejection to what failed, whatever was undone before it', async () => {
    const short = await historyWith(
      await shop.buy([
        ['S-1', 1],
        ['S-2', 2],
      ]),
      'order.rejected.v1',
    );
    const declined = await historyWith(await shop.buy([['S-1', 2]], 'tok_declined'), 'order.rejected.v1');
    const notified = await historyWith(await shop.buy([['S-1', 2]], 'tok_timeout_declined'), 'order.rejected.v1');
    expect([short, declined, notified].map(loose)).toEqual([[], [], []]);
    const [byStock, byAnswer, byNotice] = [short, declined, notified].map((items) =>
      wayBack(items, 'order.rejected.v1'),
    );
    expect(byStock).toEqual(['Order rejected (saga:checkout)', 'Cart checked out (anonymous)']);
    expect(byAnswer?.[1]).toBe('Payment declined (saga:checkout)');
    expect(byAnswer?.at(-1)).toBe('Cart checked out (anonymous)');
    expect(byNotice).toEqual(['Order rejected (saga:checkout)', 'Payment declined (webhook:sandbox)']);

    const lines = engine.output.split('\n').filter((line) => line.includes('"code":'));
    const told = lines.map((line) => JSON.parse(line) as Readonly<Record<string, string>>);
    expect(told.map(({ level, msg, code }) => [level, msg, code])).toEqual([
      ['info', 'an order was rejected', 'INVENTORY.INSUFFICIENT_STOCK'],
      ['info', 'a payment was declined', 'PAYMENT.DECLINED'],
      ['info', 'an order was rejected', 'PAYMENT.DECLINED'],
      ['info', 'a payment was declined', 'PAYMENT.DECLINED'],
      ['info', 'an order was rejected', 'PAYMENT.DECLINED'],
    ]);
  }, 60_000);

  it('leads back from a cancellation, shipped in part or not at all, to who asked for it', async () => {
    const whole = await shop.buy([['S-1', 2]]);
    const part = await shop.buy([['S-1', 3]]);
    for (const orderId of [whole, part]) await shop.ended(orderId);
    expectStatus(await ask(part, 'shipments', { lines: [{ sku: 'S-1', quantity: 1 }] }, 'admin'), 201);
    for (const orderId of [whole, part]) {
      expectStatus(await ask(orderId, 'cancellation', { reason: 'too late' }), 202);
      const items = await historyWith(orderId, 'order.cancelled.v1');
      expect(loose(items)).toEqual([]);
      expect(wayBack(items, 'order.cancelled.v1').at(-1)).toBe('Cancellation requested (support:support-of-the-specs)');
    }
  }, 60_000);

  it('leads back from an attempt that was cancelled before it was paid, and has nothing of the next one', async () => {
    const cartId = await shop.cart(['S-1', 1]);
    const first = String(expectStatus(await shop.checkOut(cartId, { token: 'tok_timeout' }), 202).json['orderId']);
    expectStatus(await ask(first, 'cancellation', { reason: 'changed my mind' }), 202);
    const cancelled = await historyWith(first, 'order.cancelled.v1');
    await until('the cart is open again', async () => {
      return (await shop.read<{ status: string }>(`/v1/carts/${cartId}`)).status === 'open';
    });
    const line = { sku: 'S-2', quantity: 1 };
    expectStatus(await shop.http.call('POST', `/v1/carts/${cartId}/items`, { body: line }), 200);
    const next = String(expectStatus(await shop.checkOut(cartId), 202).json['orderId']);
    const confirmed = await historyWith(next, 'order.confirmed.v1');
    const before = await historyWith(first, 'order.cancelled.v1');
    expect(before).toEqual(cancelled);
    expect([loose(before), loose(confirmed)]).toEqual([[], []]);
    expect(wayBack(before, 'order.cancelled.v1').slice(0, 2)).toEqual([
      'Order cancelled (saga:checkout)',
      'Cancellation requested (support:support-of-the-specs)',
    ]);
    expect(confirmed.some(({ data }) => JSON.stringify(data).includes(first))).toBe(false);
  }, 60_000);

  it('leads back from the refund of a shipped order through every step to the checkout', async () => {
    const orderId = await shop.buy([['S-1', 2]]);
    await shop.ended(orderId);
    const { shipmentId } = (await shop.ship(orderId)).json;
    const delivery = `/v1/shipments/${String(shipmentId)}/delivery`;
    expectStatus(await shop.http.call('POST', delivery, { body: {}, as: 'admin' }), 200);
    await historyWith(orderId, 'order.completed.v1');
    expectStatus(await ask(orderId, 'refunds', { reason: 'broken' }), 202);
    const items = await historyWith(orderId, 'payment.refunded.v1');
    expect(loose(items)).toEqual([]);
    expect(wayBack(items, 'order.confirmed.v1').at(-1)).toBe('Cart checked out (anonymous)');
    expect(wayBack(items, 'order.completed.v1').length).toBeGreaterThan(2);
    expect(wayBack(items, 'payment.refunded.v1').at(-1)).toBe(
      'Refund of 5.00 USD requested (support:support-of-the-specs)',
    );
  }, 60_000);
});
