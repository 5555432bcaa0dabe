import { orderConfirmed, orderStory, startReadApi } from './test-support/index.js';
import type { RunningReadApi } from './test-support/index.js';

let api: RunningReadApi;
beforeAll(async () => (api = await startReadApi()));
afterAll(() => api.close());

/** What is known of parked keys may be a second old. */
async function eventuallyParked(path: string) {
  for (;;) {
    const reply = await api.client.as('support', path);
    if (reply.status === 503) return reply;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a document that an event could not be applied to', () => {
  it('is not shown as if it were the present; others are', async () => {
    for (const { stream, event } of orderStory('fine', 'tea')) await api.record(stream, event);
    await api.record('order-lost', orderConfirmed('lost'));
    const { json, headers } = await eventuallyParked('/v1/orders/lost');
    expect(json).toMatchObject({ code: 'READ_MODEL.PARKED', readModel: 'orders' });
    expect(headers.get('retry-after')).toBe('30');
    expect((await api.client.as('support', '/v1/orders/fine')).status).toBe(200);
    expect((await api.client.as('support', '/v1/orders/nothing')).status).toBe(404);
  });

  it('is still hidden from whom it does not belong to', async () => {
    await api.record('order-lost', orderConfirmed('lost'));
    await eventuallyParked('/v1/orders/lost');
    expect((await api.client.as('customer', '/v1/orders/lost')).status).toBe(404);
    expect((await api.client.get('/v1/orders/lost')).status).toBe(401);
  });
});
