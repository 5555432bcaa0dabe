import { invalidField, orderConfirmed, orderOpened, ReadApi, refusalOf } from '../shared/test-support/index.js';

let api: ReadApi;
const day = (number: number) => `2026-11-0${number}T10:00:00.000Z`;
const named = (orderId: string, name: string, postalCode: string, more: object = {}) => {
  const opened = orderOpened(orderId, more);
  const { personal } = opened.data;
  if (personal === null) throw new Error('nobody ordered');
  const shippingAddress = { ...personal.shippingAddress, name, postalCode };
  return { ...opened, data: { ...opened.data, personal: { ...personal, shippingAddress } } };
};

beforeAll(async () => {
  api = await ReadApi.start();
  api
    .record('order-1', named('1', 'Grace Hopper', 'SW1A 1AA', { skus: ['tea'], reference: 'basket-7' }), day(1))
    .record('order-2', named('2', 'Grâce Höpper-Müller', '62701', { skus: ['pot'] }), day(2))
    .record('order-3', named('3', 'Ada Byron', '62701', { email: 'Ada@Example.com', skus: ['cup'] }), day(3))
    .record('order-3', orderConfirmed('3'), day(3))
    .record('order-4', named('4', 'علي حسن', '', { skus: ['tea'] }), day(4))
    .record('order-3', {
      type: 'order.shipment-created.v1',
      data: { orderId: '3', shipmentId: 's', createdAt: day(3), lines: [], complete: true, trackingNumber: 'TR-4711' },
    })
    .record('payment-p-3', {
      type: 'payment.requested.v1',
      data: {
        paymentId: 'pay_7Hq2',
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

const found = async (query: string): Promise<readonly unknown[]> =>
  (await api.all('support', `/v1/orders?limit=1&${query}`)).map(({ orderId }) => orderId);

describe('the search for orders', () => {
  it.each([
    ['N-3', ['3']],
    ['n3', ['3']],
    ['3', ['3']],
    ['ada@EXAMPLE.com', ['3']],
    ['basket-7', ['1']],
    ['tea', ['4', '1']],
    ['sw1a1aa', ['1']],
    ['62701', ['3', '2']],
    ['tr-4711', ['3']],
    ['PAY_7hq2', ['3']],
    ['grace hopper', ['2', '1']],
    ['Grace', ['2', '1']],
    ['hopper grace', ['2', '1']],
    ['Grcae', ['2', '1']],
    ['Hoper', ['2', '1']],
    ['Gracee', ['2', '1']],
    ['Muller', ['2']],
    ['ada biron', ['3']],
    ['علي', ['4']],
    ['grace byron', []],
    ['zzz', []],
    ['%', []],
  ])('finds by %s, the best first and then the newest, on one page or many', async (q, expected) => {
    expect(await found(`q=${encodeURIComponent(q)}`)).toEqual(expected);
    const { items } = await api.as('support', `/v1/orders?limit=20&q=${encodeURIComponent(q)}`);
    expect(items.map(({ orderId }) => orderId)).toEqual(expected);
  });

  it('has what was typed exactly before what is like it', async () => {
    api.record('order-5', named('5', 'Grape Hopper', '1', { skus: ['cup'] }), day(1));
    await api.catchUp();
    expect(await found('q=grape')).toEqual(['5', '2', '1']);
  });

  it.each([
    ['q=62701&status=shipped', ['3']],
    ['q=grace&sku=pot', ['2']],
    ['q=tea&to=2026-11-01', ['1']],
    ['q=62701&attention=true', ['2']],
    ['q=62701&attention=false', ['3']],
  ])('is narrowed by every filter: %s', async (query, expected) => expect(await found(query)).toEqual(expected));

  it('is for staff, and takes no cursor of another search', async () => {
    for (const role of ['customer', 'analyst'] as const)
      expect(refusalOf(await api.as(role, '/v1/orders?q=ada'))).toMatchObject({ status: 403 });
    const first = await api.as('support', '/v1/orders?limit=1&q=tea');
    const cursor = encodeURIComponent(String(first.json['nextCursor']));
    expect(refusalOf(await api.as('support', `/v1/orders?q=pot&cursor=${cursor}`))).toEqual(invalidField('cursor'));
    expect(first.items[0]).not.toHaveProperty('words');
  });
});

describe('an order whose buyer was forgotten', () => {
  it('is found by nothing that was theirs', async () => {
    const forgotten = { personId: 'x', orders: ['6'], carts: [], payments: [] };
    api
      .record('order-6', named('6', 'Zebulon Quix', 'ZZ9 9ZZ'), day(5))
      .record('person-x', { type: 'person.forgotten.v1', data: forgotten });
    await api.catchUp();
    for (const q of ['Zebulon', 'Quix', 'ZZ99ZZ']) expect([q, await found(`q=${q}`)]).toEqual([q, []]);
    expect(await found('q=N-6')).toEqual(['6']);
  });
});
