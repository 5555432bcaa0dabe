import { randomUUID } from 'node:crypto';
import { openTemporaryEventStore } from '../infra/event-store/test-support/index.js';
import type { TemporaryEventStore } from '../infra/event-store/test-support/index.js';
import { checkoutBody, Client, expectProblem, expectStatus, usd } from './test-support/client.js';
import type { Answer } from './test-support/client.js';
import { WriteSideApp } from './test-support/write-side-app.js';

let log: TemporaryEventStore;
let app: WriteSideApp;
let client: Client;

beforeAll(async () => {
  log = await openTemporaryEventStore();
  app = await WriteSideApp.start(log.store);
  client = new Client(app);
});
afterAll(async () => {
  await app.stop();
  await log.cleanup();
});
beforeEach(() => {
  app.saga.settles = 'confirmed';
});

/** Stops the process and starts another over the same log. */
async function restart(): Promise<void> {
  await app.stop();
  app = await WriteSideApp.start(log.store);
  client.moveTo(app);
}

const headersOf = ({ headers }: Answer) => [headers.get('etag'), headers.get('consistency-token')];
const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });

describe('a write', () => {
  it('answers the revision as ETag and where the log stands as Consistency-Token', async () => {
    const id = await client.cart();
    const sku = await client.product();
    const answer = expectStatus(await client.post(`/v1/carts/${id}/items`, { sku, quantity: 2 }), 200);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.headers.get('consistency-token')).toMatch(new RegExp(`^${log.store.logId}\\.\\d{16}$`));
    expect(answer.json).toMatchObject({
      cartId: id,
      status: 'open',
      version: 1,
      items: [{ sku, quantity: 2, lineTotal: usd(2000) }],
    });
  });

  it('that adds nothing answers where its stream stands', async () => {
    const sku = await client.product();
    const first = expectStatus(
      await client.call('PATCH', `/v1/products/${sku}`, { as: 'admin', body: { name: 'New' } }),
      200,
    );
    const second = expectStatus(
      await client.call('PATCH', `/v1/products/${sku}`, { as: 'admin', body: { name: 'New' } }),
      200,
    );
    expect(headersOf(second)).toEqual(headersOf(first));
  });

  it('records who asked, and the ids of the request', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const sku = `S-${randomUUID().slice(0, 8)}`;
    const headers = { 'x-request-id': 'request-77', traceparent };
    expectStatus(await client.post('/v1/products', { sku, name: 'x', price: usd(1) }, { as: 'admin', headers }), 201);
    for await (const event of log.store.read(`product-${sku}`)) {
      expect(event.metadata).toMatchObject({
        actor: 'admin:admin-1',
        correlationId: 'request-77',
        causationId: null,
        traceparent,
      });
    }
  });
});

describe('If-Match', () => {
  it('lets a write through at the named revision alone', async () => {
    const id = await client.cart();
    const sku = await client.product();
    const add = (ifMatch: string) =>
      client.post(`/v1/carts/${id}/items`, { sku, quantity: 1 }, { headers: { 'if-match': ifMatch } });
    expectStatus(await add('"0"'), 200);
    for (const stale of ['"0"', 'W/"1"', '"77", "88"', '"abc"']) {
      expectProblem(await add(stale), 412, 'REQUEST.PRECONDITION_FAILED');
    }
    expectStatus(await add('"5", "1"'), 200);
    expectStatus(await add('*'), 200);
  });

  it.each(['garbage', '99999', '"open'])('of %s is refused', async (ifMatch) => {
    const id = await client.cart();
    expectProblem(
      await client.call('DELETE', `/v1/carts/${id}/items/x`, { headers: { 'if-match': ifMatch } }),
      400,
      'REQUEST.INVALID',
    );
  });

  it('on what is not there is 404', async () => {
    const call = client.call('DELETE', '/v1/carts/none/items/x', { headers: { 'if-match': '"3"' } });
    expectProblem(await call, 404, 'CART.NOT_FOUND');
  });

  it("of a checkout is the cart's, of an order's sub-route the order's", async () => {
    const sku = await client.product();
    const id = await client.cart([[sku, 1]]);
    const checkout = (ifMatch: string) =>
      client.post(`/v1/carts/${id}/checkout`, checkoutBody(), { headers: { 'if-match': ifMatch, prefer: 'wait=10' } });
    expectProblem(await checkout('"0"'), 412, 'REQUEST.PRECONDITION_FAILED');
    const placed = expectStatus(await checkout('"1"'), 201);
    expect(placed.headers.get('etag')).toBe('"1"');
    const cancel = (ifMatch: string) =>
      client.post(
        `/v1/orders/${String(placed.json['orderId'])}/cancellation`,
        { reason: 'r' },
        { as: 'admin', headers: { 'if-match': ifMatch } },
      );
    expectProblem(await cancel('"999"'), 412, 'REQUEST.PRECONDITION_FAILED');
    expectStatus(await cancel('"1"'), 202);
  });
});

describe('an Idempotency-Key', () => {
  const again = [
    ['at once', () => Promise.resolve()],
    ['after a restart', restart],
  ] as const;

  it.each(again)('replays the first answer %s, also after other writes', async (_when, between) => {
    const key = randomUUID();
    const first = expectStatus(await client.post('/v1/carts', { currency: 'USD' }, keyed(key)), 201);
    const sku = await client.product();
    expectStatus(await client.post(`/v1/carts/${String(first.json['cartId'])}/items`, { sku, quantity: 1 }), 200);
    await between();
    const second = expectStatus(await client.post('/v1/carts', { currency: 'USD' }, keyed(key)), 201);
    expect(second.json).toEqual(first.json);
    expect(headersOf(second)).toEqual(headersOf(first));
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
  });

  it.each(again)('with another body is refused %s', async (_when, between) => {
    const key = randomUUID();
    expectStatus(await client.post('/v1/carts', { currency: 'USD' }, keyed(key)), 201);
    await between();
    expectProblem(
      await client.post('/v1/carts', { currency: 'EUR' }, keyed(key)),
      422,
      'REQUEST.IDEMPOTENCY_KEY_REUSED',
    );
  });

  it('adds an item once, whatever the order of the members', async () => {
    const sku = await client.product();
    const id = await client.cart();
    const key = randomUUID();
    const path = `/v1/carts/${id}/items`;
    const first = expectStatus(await client.post(path, { sku, quantity: 2 }, keyed(key)), 200);
    await restart();
    expect(expectStatus(await client.post(path, { quantity: 2, sku }, keyed(key)), 200).json).toEqual(first.json);
    const other = expectStatus(await client.post(path, { sku, quantity: 1 }), 200);
    expect(other.json['items']).toMatchObject([{ quantity: 3 }]);
  });

  it('sent many times at once is applied once; the others wait their turn', async () => {
    const id = await client.cart();
    const sku = await client.product();
    const key = randomUUID();
    const calls = Array.from({ length: 8 }, () =>
      client.post(`/v1/carts/${id}/items`, { sku, quantity: 1 }, keyed(key)),
    );
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(statuses.every((status) => status === 200 || status === 409)).toBe(true);
    const after = expectStatus(await client.post(`/v1/carts/${id}/items`, { sku, quantity: 1 }, keyed(key)), 200);
    expect(after.json['items']).toMatchObject([{ quantity: 1 }]);
  });

  it('belongs to method, path and principal', async () => {
    const key = randomUUID();
    const path = '/v1/carts';
    const anonymous = expectStatus(await client.post(path, { currency: 'USD' }, keyed(key)), 201);
    const customer = expectStatus(await client.post(path, { currency: 'USD' }, { ...keyed(key), as: 'customer' }), 201);
    expect(customer.json['cartId']).not.toBe(anonymous.json['cartId']);
  });

  it('keeps a refusal by a rule, but not a refused validation', async () => {
    const id = await client.cart();
    const sku = await client.product();
    const key = randomUUID();
    const path = `/v1/carts/${id}/items/${sku}`;
    const change = (quantity: unknown) => client.call('PATCH', path, { body: { quantity }, ...keyed(key) });
    expectProblem(await change('2'), 400, 'REQUEST.INVALID');
    expectProblem(await change(2), 404, 'CART.ITEM_NOT_FOUND');
    expectStatus(await client.post(`/v1/carts/${id}/items`, { sku, quantity: 1 }), 200);
    expectProblem(await change(2), 404, 'CART.ITEM_NOT_FOUND');
  });

  it.each([
    ['blank', ''],
    ['endless', 'k'.repeat(256)],
    ['not ASCII', 'k\u00e9y'],
  ])('that is %s is refused', async (_title, key) => {
    expectProblem(await client.post('/v1/carts', { currency: 'USD' }, keyed(key)), 400, 'REQUEST.INVALID');
  });
});

describe('a checkout', () => {
  const filled = async (): Promise<string> => `/v1/carts/${await client.cart([[await client.product(), 2]])}/checkout`;

  it('answers 202 once the order is open', async () => {
    app.saga.settles = 'pending';
    const answer = expectStatus(await client.post(await filled(), checkoutBody()), 202);
    const { orderId, orderNumber, status, accessToken } = answer.json;
    expect([status, answer.headers.get('location'), answer.headers.get('etag')]).toEqual([
      'pending',
      `/v1/orders/${String(orderId)}`,
      '"0"',
    ]);
    expect(orderNumber).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}-[0-9A-HJKMNP-TV-Z]$/);
    expect(accessToken).toMatch(/^[\w-]{43}$/);
  });

  it('waits with Prefer until the order is confirmed, and answers where the log then stands', async () => {
    const answer = await client.post(await filled(), checkoutBody(), { headers: { prefer: 'respond-async, wait=10' } });
    expect(expectStatus(answer, 201).json).toMatchObject({ status: 'confirmed' });
    expect(answer.headers.get('etag')).toBe('"1"');
  });

  it('says why the order was rejected', async () => {
    app.saga.settles = 'rejected';
    const answer = await client.post(await filled(), checkoutBody(), { headers: { prefer: 'wait=10' } });
    expect(expectStatus(answer, 201).json).toMatchObject({
      status: 'rejected',
      rejection: { code: 'PAYMENT.DECLINED', detail: 'The card said no.' },
    });
  });

  it('stops waiting when the time that the client gave is over', async () => {
    app.saga.settles = 'pending';
    const answer = await client.post(await filled(), checkoutBody(), { headers: { prefer: 'wait=1' } });
    expect(expectStatus(answer, 202).json['status']).toBe('pending');
  });

  it.each([
    ['the first answer at once', () => Promise.resolve(), 'wait=10', 201],
    ['the order as it is after a restart', restart, 'wait=10', 201],
    ['pending after a restart to who does not wait', restart, 'wait=0', 202],
  ] as const)('sent again answers %s', async (_title, between, prefer, status) => {
    const path = await filled();
    const send = () => client.post(path, checkoutBody(), { headers: { prefer, 'idempotency-key': 'one' } });
    const first = expectStatus(await send(), status);
    await between();
    expect(expectStatus(await send(), status).json).toEqual(first.json);
  });

  it('refuses prices that moved and totals that differ, with what they are now', async () => {
    const sku = await client.product(usd(1000));
    const path = `/v1/carts/${await client.cart([[sku, 2]])}/checkout`;
    expectStatus(
      await client.call('PUT', `/v1/products/${sku}/price`, { as: 'admin', body: { price: usd(1100) } }),
      200,
    );
    const moved = expectProblem(await client.post(path, checkoutBody()), 409, 'CART.PRICE_CHANGED');
    expect(moved.json['changes']).toEqual([{ sku, was: usd(1000), now: usd(1100) }]);
    const total = { acceptPrices: true, expectedTotal: usd(2000) };
    expectProblem(await client.post(path, checkoutBody(total)), 409, 'CART.TOTAL_CHANGED');
    expectStatus(await client.post(path, checkoutBody({ ...total, expectedTotal: usd(2200) })), 202);
  });

  it('refuses an unknown shipping method, an empty cart, and one that is not there', async () => {
    expectProblem(
      await client.post(await filled(), checkoutBody({ shippingMethod: 'teleport' })),
      422,
      'SHIPPING.UNKNOWN_METHOD',
    );
    expectProblem(await client.post(`/v1/carts/${await client.cart()}/checkout`, checkoutBody()), 409, 'CART.EMPTY');
    expectProblem(await client.post('/v1/carts/none/checkout', checkoutBody()), 404, 'CART.NOT_FOUND');
  });
});

describe('an order', () => {
  it('is cancelled, and shown as reads show it', async () => {
    const { orderId, accessToken, sku } = await client.order();
    const answer = await client.post(
      `/v1/orders/${orderId}/cancellation`,
      { reason: 'changed my mind' },
      { bearer: accessToken },
    );
    expect(expectStatus(answer, 202).json).toMatchObject({
      orderId,
      status: 'confirmed',
      lines: [{ sku, quantity: 3, lineTotal: usd(3000) }],
      totals: { total: usd(3000) },
      payment: { paymentId: `pay-${orderId}`, status: 'authorized', authorized: usd(3000) },
      email: 'ada@example.com',
      shippingAddress: { city: 'Springfield' },
      shipments: [],
      version: 2,
    });
    expect(answer.headers.get('etag')).toBe('"2"');
  });

  it('ships in parts, is delivered and refunded', async () => {
    const { orderId, sku } = await client.order();
    const path = `/v1/orders/${orderId}`;
    const ship = (body: object) => client.post(`${path}/shipments`, body, { as: 'admin' });
    expectProblem(await ship({ lines: [{ sku, quantity: 4 }] }), 409, 'ORDER.SHIPMENT_EXCEEDS_OPEN');
    const first = expectStatus(
      await ship({ lines: [{ sku, quantity: 2 }], carrier: 'ups', trackingNumber: '1Z' }),
      201,
    );
    expect(first.json).toMatchObject({ orderId, lines: [{ sku, quantity: 2 }], carrier: 'ups', trackingNumber: '1Z' });
    const rest = expectStatus(await ship({}), 201);
    expectProblem(
      await client.post(`${path}/cancellation`, { reason: 'late' }, { as: 'admin' }),
      409,
      'ORDER.NOT_CANCELLABLE',
    );
    for (const { json } of [first, rest]) {
      const delivered = await client.post(`/v1/shipments/${String(json['shipmentId'])}/delivery`, {}, { as: 'admin' });
      expect(expectStatus(delivered, 200).json['status']).toBe('delivered');
    }
    const refund = (body: object) => client.post(`${path}/refunds`, { reason: 'r', ...body }, { as: 'support' });
    expectProblem(await refund({}), 409, 'PAYMENT.REFUND_EXCEEDS_CAPTURED');
    await app.saga.capture(orderId);
    expectStatus(await refund({ amount: usd(1000) }), 202);
    expectProblem(await refund({ amount: usd(2001) }), 409, 'PAYMENT.REFUND_EXCEEDS_CAPTURED');
    expect(expectStatus(await refund({}), 202).json['orderId']).toBe(orderId);
  });

  it.each([
    ['cancellation', { reason: 'r' }],
    ['shipments', {}],
    ['refunds', { reason: 'r' }],
  ])('that is not there is 404 for its %s', async (route, body) => {
    expectProblem(await client.post(`/v1/orders/none/${route}`, body, { as: 'admin' }), 404, 'ORDER.NOT_FOUND');
  });

  it('knows its shipments: another is 404', async () => {
    const { orderId } = await client.order();
    expectProblem(await client.post('/v1/shipments/none/delivery', {}, { as: 'admin' }), 404, 'SHIPMENT.NOT_FOUND');
    expectProblem(
      await client.post(`/v1/shipments/${orderId}.9/delivery`, {}, { as: 'admin' }),
      404,
      'ORDER.SHIPMENT_NOT_FOUND',
    );
  });
});

describe('stock', () => {
  it('is received and adjusted by location', async () => {
    const sku = await client.product();
    const receive = (body: object) => client.post(`/v1/inventory/${sku}/receipts`, body, { as: 'admin' });
    expectStatus(await receive({ quantity: 6 }), 200);
    expect(expectStatus(await receive({ quantity: 5, location: 'north' }), 200).json).toEqual({
      sku,
      onHand: 11,
      reserved: 0,
      available: 11,
      locations: [
        { location: 'default', onHand: 6, reserved: 0, available: 6 },
        { location: 'north', onHand: 5, reserved: 0, available: 5 },
      ],
    });
    const adjust = (quantity: number) =>
      client.post(`/v1/inventory/${sku}/adjustments`, { quantity, reason: 'count' }, { as: 'admin' });
    expect(expectStatus(await adjust(-2), 200).json['onHand']).toBe(9);
    expect(expectStatus(await adjust(-4), 200).json['onHand']).toBe(5);
    expect((await adjust(-1)).status).toBe(409);
  });

  it.each([
    ['receipts', { quantity: 1 }],
    ['adjustments', { quantity: 1, reason: 'r' }],
  ])('of an unknown product has no %s', async (route, body) => {
    expectProblem(await client.post(`/v1/inventory/none/${route}`, body, { as: 'admin' }), 404, 'PRODUCT.UNKNOWN_SKU');
  });
});

describe('a webhook of the payment provider', () => {
  const notice = (paymentId: string, type = 'payment.authorized') =>
    JSON.stringify({ type, timestamp: new Date().toISOString(), data: { paymentId } });
  const send = (raw: string, headers: Record<string, string>, provider = 'sandbox') =>
    client.call('POST', `/v1/webhooks/payments/${provider}`, { raw, headers });

  it('is taken when it is signed, as often as it comes', async () => {
    const { orderId } = await client.order();
    const body = notice(`pay-${orderId}`);
    for (let i = 0; i < 2; i++) expectStatus(await send(body, WriteSideApp.webhookHeaders('msg_1', body)), 200);
  });

  it('is refused when it is not, or comes from nobody we know', async () => {
    const body = notice('pay-1');
    expectProblem(await send(body, {}), 401, 'WEBHOOK.SIGNATURE_INVALID');
    const headers = WriteSideApp.webhookHeaders('msg_2', body);
    expectProblem(await send(`${body} `, headers), 401, 'WEBHOOK.SIGNATURE_INVALID');
    expectProblem(await send(body, headers, 'nobody'), 404, 'WEBHOOK.UNKNOWN_PROVIDER');
    expectProblem(await send(body, headers), 404, 'PAYMENT.NOT_FOUND');
  });
});
