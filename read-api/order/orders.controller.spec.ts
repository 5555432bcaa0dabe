import { invalidField, orderConfirmed, orderOpened, ReadApi, refusalOf } from '../shared/test-support/index.js';
import type { Reply } from '../shared/test-support/index.js';

let api: ReadApi;
const ids = ({ items }: Reply) => items.map((item) => item['orderId']);
const day = (number: number) => `2026-11-0${number}T10:00:00.000Z`;

beforeAll(async () => {
  api = await ReadApi.start();
  api
    .record('order-1', orderOpened('1', { customerId: 'ann', skus: ['tea', 'pot'] }), day(1))
    .record('order-2', orderOpened('2', { email: 'Bob.Amélie@Bücher.de', reference: 'basket-7' }), day(2))
    .record('order-3', orderOpened('3', { customerId: 'ann', reference: 'basket-7' }), day(3))
    .record('order-4', orderOpened('4', { customerId: 'bob', skus: ['pot'] }), day(3))
    .record('order-3', orderConfirmed('3'), day(4))
    .record('order-3', {
      type: 'order.attention-needed.v1',
      data: { orderId: '3', code: 'PAYMENT.CAPTURE_FAILED', detail: 'Refused.' },
    })
    .record('payment-p-3', {
      type: 'payment.requested.v1',
      data: {
        paymentId: 'p-3',
        orderId: '3',
        tender: 1,
        attempt: 1,
        amount: { amount: 100, currency: 'USD' },
        provider: 'sandbox',
        idempotencyKey: 'k',
        personId: 'x',
        token: 'tok_ok',
      },
    });
  await api.catchUp();
});
afterAll(() => api.close());

describe('an order', () => {
  it('is read by its accessToken, as a bearer or in the address', async () => {
    const token = api.accessToken('1');
    const bearer = await api.get('/v1/orders/1', { authorization: `Bearer ${token}` });
    expect([bearer.status, bearer.json['orderId']]).toEqual([200, '1']);
    expect((await api.get(`/v1/orders/1?accessToken=${token}`)).json).toEqual(bearer.json);
  });

  it('is read by its customer, support and admin', async () => {
    for (const reply of [
      await api.as('customer', '/v1/orders/1', 'ann'),
      await api.as('support', '/v1/orders/1'),
      await api.as('admin', '/v1/orders/1'),
    ]) {
      expect(reply.status).toBe(200);
    }
  });

  it('is not there for anybody else', async () => {
    const hidden = { status: 404, code: 'ORDER.NOT_FOUND', paths: [] };
    expect(refusalOf(await api.as('customer', '/v1/orders/1', 'bob'))).toEqual(hidden);
    expect(refusalOf(await api.as('analyst', '/v1/orders/1'))).toEqual(hidden);
    expect(refusalOf(await api.get(`/v1/orders/1?accessToken=${api.accessToken('2')}`))).toEqual(hidden);
    expect(refusalOf(await api.as('admin', '/v1/orders/nothing'))).toEqual(hidden);
  });

  it('asks for a credential where there is none', async () => {
    const signIn = { status: 401, code: 'AUTH.REQUIRED', paths: [] };
    expect(refusalOf(await api.get('/v1/orders/1'))).toEqual(signIn);
    expect(refusalOf(await api.get('/v1/orders/1', { authorization: 'Bearer rubbish' }))).toEqual(signIn);
    expect(refusalOf(await api.get('/v1/orders/1?accessToken='))).toEqual(signIn);
  });

  it('has its version as ETag, is kept by nobody, and does not tell whose it is', async () => {
    const { json, headers } = await api.as('admin', '/v1/orders/3');
    expect([headers.get('etag'), headers.get('cache-control')]).toEqual(['"2"', 'no-store']);
    expect(json).toMatchObject({ status: 'confirmed', version: 2, payment: { status: 'requested' } });
    expect(json).not.toHaveProperty('customerId');
    expect(json).not.toHaveProperty('emailKey');
  });
});

describe('why an order needs a person', () => {
  it('is shown to support and admin, and not to its buyer', async () => {
    const since = expect.any(String);
    const attention = [
      { reason: 'capture-failed', code: 'PAYMENT.CAPTURE_FAILED', detail: 'Refused.', since },
      { reason: 'saga-stuck', detail: expect.any(String), since },
    ];
    const pending = { reason: 'pending', since: day(2), detail: expect.any(String) };
    for (const role of ['support', 'admin'] as const) {
      expect((await api.as(role, '/v1/orders/3')).json).toMatchObject({ attention });
      const listed = (await api.as(role, '/v1/orders?attention=true&status=confirmed')).items;
      expect(listed).toMatchObject([{ orderId: '3', attention }]);
      expect((await api.as(role, '/v1/orders/2')).json['attention']).toEqual([pending]);
    }
    const buyers = [
      (await api.as('customer', '/v1/orders/3', 'ann')).json,
      (await api.get(`/v1/orders/3?accessToken=${api.accessToken('3')}`)).json,
      (await api.as('customer', '/v1/me/orders', 'ann')).items[0],
    ];
    for (const order of buyers) {
      expect(order).toMatchObject({ orderId: '3', refunds: [] });
      expect(order).not.toHaveProperty('attention');
    }
  });
});

describe('the list of orders', () => {
  it.each([
    ['', ['4', '3', '2', '1']],
    ['&status=pending', ['4', '2', '1']],
    ['&status=cancelled', []],
    ['&email=bob.amélie@bücher.DE', ['2']],
    ['&email=BOB.AME\u0301LIE@xn--bcher-kva.de', ['2']],
    ['&sku=pot', ['4', '1']],
    ['&reference=basket-7', ['3', '2']],
    ['&reference=basket-7&status=pending', ['2']],
    ['&email=ann@example.com&sku=tea&status=confirmed', ['3']],
    ['&from=2026-11-02', ['4', '3', '2']],
    ['&to=2026-11-02', ['2', '1']],
    ['&from=2026-11-02T10:00:00Z&to=2026-11-02T11:00:00%2B01:00', ['2']],
    ['&from=2026-11-01&to=2026-11-01', ['1']],
    ['&from=9999-12-31T23:59:59-23:00', []],
    ['&sku=pot&from=2026-11-02', ['4']],
    ['&orderNumber=N-3', ['3']],
    ['&orderNumber=n3', ['3']],
    ['&orderNumber=%20n%203%20', ['3']],
    ['&orderNumber=N-3&status=pending', []],
    ['&orderNumber=N-33', []],
    ['&orderNumber=N', []],
    ['&attention=true', ['4', '3', '2', '1']],
    ['&attention=false', []],
    ['&attention=true&status=confirmed', ['3']],
    ['&attention=true&sku=pot', ['4', '1']],
    ['&attention=false&sku=pot', []],
  ])('%s is newest first, on one page or many', async (query, expected) => {
    expect(ids(await api.as('support', `/v1/orders?limit=20${query}`))).toEqual(expected);
    const paged = await api.all('support', `/v1/orders?limit=1${query}`);
    expect(paged.map((item) => item['orderId'])).toEqual(expected);
  });

  it.each([
    ['status=lost', 'status'],
    ['from=yesterday', 'from'],
    ['from=2026-11-03&to=2026-11-02', 'from'],
    ['from=2026-11-03&to=2026-11-02T23:59:59Z&sku=pot', 'from'],
    ['from=2026-11-02T10:00:00.001Z&to=2026-11-02T11:00:00%2B01:00', 'from'],
    ['from=9999-12-31T23:59:59-23:00&to=2026-11-02', 'from'],
    ['to=2026-99-99', 'to'],
    ['limit=101', 'limit'],
    ['cursor=garbage', 'cursor'],
    ['sku=a&sku=b', 'sku'],
    ['sku=', 'sku'],
    ['email=', 'email'],
    ['reference=%20', 'reference'],
    ['status=', 'status'],
    ['from=', 'from'],
    ['orderNumber=', 'orderNumber'],
    ['attention=yes', 'attention'],
    ['from=2026-01-01T24:00:00Z', 'from'],
  ])('?%s is refused by the name of the field', async (query, path) => {
    expect(refusalOf(await api.as('admin', `/v1/orders?${query}`))).toEqual(invalidField(path));
  });

  it('refuses a cursor of another filter', async () => {
    const { json } = await api.as('admin', '/v1/orders?limit=1');
    const other = await api.as('admin', `/v1/orders?limit=1&sku=tea&cursor=${String(json['nextCursor'])}`);
    expect(refusalOf(other)).toEqual(invalidField('cursor'));
  });

  it('is for support and admin', async () => {
    expect((await api.get('/v1/orders')).status).toBe(401);
    for (const role of ['customer', 'analyst'] as const) expect((await api.as(role, '/v1/orders')).status).toBe(403);
  });
});

describe('my orders', () => {
  it('are those of the customer who is signed in, newest first', async () => {
    expect(ids(await api.as('customer', '/v1/me/orders', 'ann'))).toEqual(['3', '1']);
    expect(ids(await api.as('customer', '/v1/me/orders', 'nobody'))).toEqual([]);
  });

  it('are a customer’s: staff whose subject is the same as theirs sees none of them', async () => {
    for (const role of ['support', 'analyst', 'admin'] as const) {
      expect(await api.as(role, '/v1/me/orders', 'ann')).toMatchObject({
        status: 200,
        json: { items: [], nextCursor: null },
      });
      expect((await api.as(role, '/v1/me/orders?stauts=confirmed', 'ann')).status).toBe(400);
    }
  });

  it('ask for a customer, not for an accessToken', async () => {
    expect((await api.get('/v1/me/orders')).status).toBe(401);
    expect((await api.get('/v1/me/orders', { authorization: `Bearer ${api.accessToken('1')}` })).status).toBe(401);
  });

  it('refuse the cursor of another customer', async () => {
    const { json } = await api.as('customer', '/v1/me/orders?limit=1', 'ann');
    const stolen = await api.as('customer', `/v1/me/orders?limit=1&cursor=${String(json['nextCursor'])}`, 'bob');
    expect(refusalOf(stolen)).toEqual(invalidField('cursor'));
  });
});

describe('a payment', () => {
  it('is shown to support and admin with its facts', async () => {
    for (const role of ['support', 'admin'] as const) {
      const { json } = await api.as(role, '/v1/payments/p-3');
      expect(json).toMatchObject({
        paymentId: 'p-3',
        orderId: '3',
        status: 'requested',
        facts: [{ type: 'requested' }],
      });
    }
    expect((await api.as('customer', '/v1/payments/p-3')).status).toBe(403);
    expect((await api.get('/v1/payments/p-3')).status).toBe(401);
  });

  it('that nobody asked for is 404', async () => {
    const reply = await api.as('admin', '/v1/payments/nothing');
    expect(refusalOf(reply)).toMatchObject({ status: 404, code: 'PAYMENT.NOT_FOUND' });
  });
});
