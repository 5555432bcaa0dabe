import { expectProblem, expectStatus, usd } from '../test-support/client.js';
import type { Client } from '../test-support/client.js';
import { startHarness } from '../test-support/harness.js';
import type { Harness } from '../test-support/harness.js';

let harness: Harness;
let client: Client;

beforeAll(async () => {
  harness = await startHarness();
  client = harness.client;
});
afterAll(() => harness.stop());

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
    await harness.saga.capture(orderId);
    expectStatus(await refund({ amount: usd(1000) }), 202);
    expectProblem(await refund({ amount: usd(2001) }), 409, 'PAYMENT.REFUND_EXCEEDS_CAPTURED');
    expect(expectStatus(await refund({}), 202).json['orderId']).toBe(orderId);
  });

  it.each([
    ['with a key each', (n: number) => ({ 'idempotency-key': `refund number ${n}` })],
    ['without keys', () => ({})],
  ] as const)('is refunded once where ten people at once ask for more than half of it, %s', async (_, headersOf) => {
    const { orderId } = await client.order();
    expectStatus(await client.post(`/v1/orders/${orderId}/shipments`, {}, { as: 'admin' }), 201);
    await harness.saga.capture(orderId);
    const refund = (headers: Readonly<Record<string, string>>, amount: object) =>
      client.post(`/v1/orders/${orderId}/refunds`, { amount, reason: 'r' }, { as: 'support', headers });
    const answers = await Promise.all(Array.from({ length: 10 }, (__, n) => refund(headersOf(n), usd(1800))));
    const refused = answers.filter(({ status }) => status !== 202);
    expect(refused).toHaveLength(9);
    for (const answer of refused) expectProblem(answer, 409, 'PAYMENT.REFUND_EXCEEDS_CAPTURED');
    expectProblem(await refund({}, { amount: 100, currency: 'EUR' }), 409, 'ORDER.CURRENCY_MISMATCH');
    expectStatus(await refund({}, usd(1200)), 202);
    expectProblem(await refund({}, usd(1)), 409, 'PAYMENT.REFUND_EXCEEDS_CAPTURED');
  });

  it('takes notes of staff in any status, once a key, and is as it was', async () => {
    const { orderId, accessToken } = await client.order();
    const note = (text: unknown, options: object = { as: 'support' }) =>
      client.post(`/v1/orders/${orderId}/notes`, { text }, options);
    const keyed = { as: 'support', headers: { 'idempotency-key': 'one note' } };
    const first = expectStatus(await note('Rings again on Monday', keyed), 201);
    expect(first.json).toEqual({
      noteId: expect.any(String),
      createdAt: expect.any(String),
      actor: expect.stringMatching(/^support:/),
      text: 'Rings again on Monday',
    });
    expect(first.headers.get('etag')).toBe('"2"');
    expect(expectStatus(await note('Rings again on Monday', keyed), 201).json).toEqual(first.json);
    expectStatus(await note('Wrapped', { as: 'admin' }), 201);
    expectProblem(await note('mine', { bearer: accessToken }), 401, 'AUTH.REQUIRED');
    for (const text of ['', ' ', 7, 'x'.repeat(4001)]) expectProblem(await note(text), 400, 'REQUEST.INVALID');
    expectProblem(
      await client.post('/v1/orders/nobody/notes', { text: 'who?' }, { as: 'support' }),
      404,
      'ORDER.NOT_FOUND',
    );
    const shipped = await client.post(`/v1/orders/${orderId}/shipments`, {}, { as: 'admin' });
    expect(expectStatus(shipped, 201).headers.get('etag')).toBe('"4"');
  });

  it('whose money was refused for good is tried again by support and admin, once a key', async () => {
    const { orderId, accessToken } = await client.order();
    const retry = (options: object) => client.call('POST', `/v1/orders/${orderId}/attention/retry`, options);
    const support = { as: 'support', headers: { 'idempotency-key': 'try again' } } as const;
    expectProblem(await retry({ as: 'support' }), 409, 'ORDER.NOTHING_TO_RETRY');
    await harness.saga.flag(orderId);
    expectProblem(await retry({}), 401, 'AUTH.REQUIRED');
    expectProblem(await retry({ bearer: accessToken }), 401, 'AUTH.REQUIRED');
    expectProblem(await retry({ as: 'analyst' }), 403, 'AUTH.FORBIDDEN');
    const asked = expectStatus(await retry(support), 202);
    expect(asked.json).toMatchObject({ orderId, status: 'confirmed' });
    const again = expectStatus(await retry(support), 202);
    expect([again.json, again.headers.get('etag')]).toEqual([asked.json, asked.headers.get('etag')]);
    expect(expectStatus(await retry({ as: 'admin' }), 202).json['version']).toBe(Number(asked.json['version']) + 1);
    const nowhere = await client.call('POST', '/v1/orders/nowhere/attention/retry', { as: 'admin' });
    expectProblem(nowhere, 404, 'ORDER.NOT_FOUND');
  });

  it('is shipped whole, and delivered now, by who sends no body', async () => {
    const { orderId, sku } = await client.order();
    const keyed = { as: 'admin', headers: { 'idempotency-key': 'no body' } } as const;
    const ship = (options: object) => client.call('POST', `/v1/orders/${orderId}/shipments`, { ...keyed, ...options });
    const shipped = expectStatus(await ship({}), 201);
    expect(shipped.json['lines']).toEqual([
      { lineId: '1', sku, quantity: 3, net: usd(3000), tax: usd(0), gross: usd(3000) },
    ]);
    expect(expectStatus(await ship({ body: {} }), 201).json).toEqual(shipped.json);
    const path = `/v1/shipments/${String(shipped.json['shipmentId'])}/delivery`;
    expect(expectStatus(await client.call('POST', path, { as: 'admin' }), 200).json['status']).toBe('delivered');
    const refund = client.call('POST', `/v1/orders/${orderId}/refunds`, { as: 'admin' });
    expectProblem(await refund, 400, 'REQUEST.INVALID');
  });

  it('was not delivered in the future, nor before it left', async () => {
    const { orderId } = await client.order();
    const { json } = expectStatus(await client.post(`/v1/orders/${orderId}/shipments`, {}, { as: 'admin' }), 201);
    const deliver = (at: string) =>
      client.post(`/v1/shipments/${String(json['shipmentId'])}/delivery`, { at }, { as: 'admin' });
    expectProblem(await deliver('2999-01-01T00:00:00Z'), 409, 'ORDER.DELIVERY_IN_FUTURE');
    expectProblem(await deliver('1970-01-01T00:00:00Z'), 409, 'ORDER.DELIVERY_BEFORE_SHIPMENT');
    expectProblem(await deliver('2026-01-01T24:00:00Z'), 400, 'REQUEST.INVALID');
    expect(expectStatus(await deliver(new Date().toISOString()), 200).json['status']).toBe('delivered');
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
