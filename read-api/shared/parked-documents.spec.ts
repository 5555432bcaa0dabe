import { orderConfirmed, orderOpened, orderStory, startReadApi, stockReceived } from './test-support/index.js';
import type { RunningReadApi } from './test-support/index.js';

let api: RunningReadApi;
beforeAll(async () => (api = await startReadApi()));
afterAll(() => api.close());

const read = (path: string) => api.client.as('support', path);

describe('a document that an event could not be applied to', () => {
  it('is not shown as if it were the present; others are', async () => {
    for (const { stream, event } of orderStory('fine', 'tea')) await api.record(stream, event);
    await api.record('order-lost', orderConfirmed('lost'));
    const { json, headers } = await read('/v1/orders/lost');
    expect(json).toMatchObject({ code: 'READ_MODEL.PARKED', readModel: 'orders' });
    expect(headers.get('retry-after')).toBe('30');
    expect((await read('/v1/orders/fine')).status).toBe(200);
    expect((await read('/v1/orders/nothing')).status).toBe(404);
  });

  it('is not shown a moment longer, also where others are parked already', async () => {
    for (const id of ['one', 'two']) {
      await api.record(`order-${id}`, orderOpened(id));
      expect((await read(`/v1/orders/${id}`)).status).toBe(200);
      const data = { orderId: id, paymentId: `p-${id}`, tender: 1 };
      await api.record(`payment-${id}`, { type: 'payment.requested.v1', data });
      expect((await read(`/v1/orders/${id}`)).status).toBe(503);
    }
  });

  it('is still hidden from whom it does not belong to', async () => {
    await api.record('order-lost', orderConfirmed('lost'));
    expect((await api.client.as('customer', '/v1/orders/lost')).status).toBe(404);
    expect((await api.client.get('/v1/orders/lost')).status).toBe(401);
  });
});

describe('the past of a document', () => {
  const recorded = async (stream: string, type: string, data: object) =>
    (await api.append(stream, { type, data })).at(-1)?.revision;

  it('is shown up to an event that could not be applied, and refused from there on', async () => {
    for (const { stream, event } of orderStory('past', 'cup')) await api.append(stream, event);
    const of = { orderId: 'past', paymentId: 'p-past', cartId: 'c-past', sku: 'cup', tender: 1 };
    const resources = [
      ['/v1/carts/c-past', 'carts', await recorded('cart-c-past', 'cart.item-added.v1', of)],
      // Before the payment's, by which the order is told too.
      ['/v1/orders/past', 'orders', await recorded('order-past', 'order.refund-requested.v1', of)],
      ['/v1/payments/p-past', 'payments', await recorded('payment-p-past', 'payment.requested.v1', of)],
      ['/v1/inventory/cup', 'stock', await recorded('inventory-cup', 'inventory.reserved.v1', of)],
    ] as const;
    for (const [path, readModel, revision = 0] of resources) {
      for (const asOf of [`${revision}`, '2999-01-01T00:00:00Z']) {
        const { status, json, headers } = await api.client.as('support', `${path}?asOf=${asOf}`);
        expect([path, status]).toEqual([path, 503]);
        expect(json).toMatchObject({ code: 'READ_MODEL.PARKED', readModel });
        expect(headers.get('retry-after')).toBe('30');
      }
      expect((await api.client.as('support', `${path}?asOf=${revision - 1}`)).status).toBe(200);
    }
  });

  it('of other stock goes on', async () => {
    await recorded('inventory-jar', 'inventory.reserved.v1', { sku: 'jar', orderId: 'past' });
    await api.append('inventory-mug', stockReceived('mug', 1));
    expect((await api.client.get('/v1/inventory/mug?asOf=0')).json['onHand']).toBe(1);
    expect((await api.client.get('/v1/inventory/jar?asOf=0')).status).toBe(503);
  });
});
