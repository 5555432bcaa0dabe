import { bodyCases, withField } from './test-support/bad-bodies.js';
import type { BodyCase } from './test-support/bad-bodies.js';
import { checkoutBody, expectProblem, expectStatus, usd } from './test-support/client.js';
import type { Answer, Client } from './test-support/client.js';
import { startHarness } from './test-support/harness.js';
import type { Harness } from './test-support/harness.js';

const nowhere = { sku: 'S-1', freshSku: 'S-2', cartId: 'c', orderId: 'o', shipmentId: 'o.1' };
const routes = bodyCases(nowhere).map(({ method, path }, index) => [`${method} ${path}`, index] as const);

const pathsOf = ({ json }: Answer): readonly string[] =>
  (json['errors'] as readonly { readonly path: string }[]).map(({ path }) => path);

let harness: Harness;
let client: Client;
let cases: readonly BodyCase[];

beforeAll(async () => {
  harness = await startHarness();
  client = harness.client;
  const { orderId, sku } = await client.order();
  const cartId = await client.cart([[sku, 1]]);
  cases = bodyCases({ sku, freshSku: 'S-fresh', cartId, orderId, shipmentId: `${orderId}.1` });
});
afterAll(() => harness.stop());

describe.each(routes)('%s', (_route, index) => {
  it('refuses every field that is not as it should be, names it, and records nothing', async () => {
    const { method, path, valid, fields } = cases[index] ?? raise();
    const head = await harness.store.head();
    for (const [field, values] of Object.entries(fields)) {
      for (const value of values) {
        const body = withField(valid, field, value);
        const answer = await client.call(method, path, { as: 'admin', body });
        expect({ field, value, status: answer.status }).toEqual({ field, value, status: 400 });
        const paths = pathsOf(expectProblem(answer, 400, 'REQUEST.INVALID'));
        expect(new Set(paths.map((one) => one.split('.')[0]))).toEqual(new Set([field.split('.')[0]]));
      }
    }
    expect(await harness.store.head()).toEqual(head);
  });

  it('refuses a member or parameter that it does not know, names it, and records nothing', async () => {
    const { method, path, valid, fields } = cases[index] ?? raise();
    const head = await harness.store.head();
    const inner = Object.keys(fields).filter((field) => field.includes('.'));
    const places = ['', ...new Set(inner.map((field) => `${field.split('.')[0]}.`))];
    for (const name of places.flatMap((place) => [`${place}expectedtotal`, `${place}constructor`])) {
      const answer = await client.call(method, path, { as: 'admin', body: withField(valid, name, 'x') });
      expect(pathsOf(expectProblem(answer, 400, 'REQUEST.INVALID'))).toContain(name);
    }
    const answer = await client.call(method, `${path}?dryRun=true`, { as: 'admin', body: valid });
    expect(pathsOf(expectProblem(answer, 400, 'REQUEST.INVALID'))).toEqual(['dryRun']);
    expect(await harness.store.head()).toEqual(head);
  });
});

describe('a body', () => {
  it('may leave out or null what is optional', async () => {
    const body = {
      sku: 'S-null',
      name: 'N',
      price: usd(1),
      description: null,
      brand: null,
      categories: null,
      attributes: null,
    };
    expectStatus(await client.post('/v1/products', body, { as: 'admin' }), 201);
    expectStatus(await client.post('/v1/carts', { currency: 'USD', reference: null }), 201);
  });

  it('may expect a total, and ask for a refund, of more than any one price', async () => {
    const dear = (amount: number) => ({ amount, currency: 'IDR' });
    const sku = await client.product(dear(9_000_000_000));
    const opened = expectStatus(await client.post('/v1/carts', { currency: 'IDR' }), 201);
    const cart = `/v1/carts/${String(opened.json['cartId'])}`;
    expectStatus(await client.post(`${cart}/items`, { sku, quantity: 2 }), 200);
    const checkOut = (total: number) =>
      client.post(`${cart}/checkout`, checkoutBody({ expectedTotal: dear(total) }), { headers: { prefer: 'wait=10' } });
    expectProblem(await checkOut(Number.MAX_SAFE_INTEGER), 409, 'CART.TOTAL_CHANGED');
    const { orderId } = expectStatus(await checkOut(18_000_000_000), 201).json;
    await harness.saga.capture(String(orderId));
    const refund = (amount: number) =>
      client.post(`/v1/orders/${String(orderId)}/refunds`, { amount: dear(amount), reason: 'r' }, { as: 'admin' });
    expectProblem(await refund(18_000_000_001), 409, 'PAYMENT.REFUND_EXCEEDS_CAPTURED');
    expectStatus(await refund(18_000_000_000), 202);
  });

  it('may name a price of any size that can be counted exactly, and none beyond', async () => {
    for (const [currency, amount] of [
      ['IDR', 15_000_000_001],
      ['JPY', Number.MAX_SAFE_INTEGER],
      ['KWD', Number.MAX_SAFE_INTEGER - 1],
    ] as const) {
      const sku = await client.product({ amount, currency });
      const answer = expectStatus(await client.post('/v1/carts', { currency }), 201);
      const cart = `/v1/carts/${String(answer.json['cartId'])}`;
      const added = expectStatus(await client.post(`${cart}/items`, { sku, quantity: 1 }), 200);
      expect(added.json['totals']).toMatchObject({ total: { amount, currency } });
    }
    for (const amount of ['9007199254740992', '1e16', '9007199254740990.5', '0.00000000000000000001e-320']) {
      const raw = `{"sku":"S-beyond","name":"N","price":{"amount":${amount},"currency":"USD"}}`;
      expectProblem(await client.call('POST', '/v1/products', { as: 'admin', raw }), 400, 'REQUEST.INVALID');
    }
  });

  it('makes no total that cannot be counted exactly, whatever was added before or became dearer since', async () => {
    const most = Number.MAX_SAFE_INTEGER;
    const [half, rest] = [await client.product(usd((most - 1) / 2)), await client.product(usd(2))];
    const cart = `/v1/carts/${await client.cart([[half, 2]])}`;
    expectProblem(await client.post(`${cart}/items`, { sku: rest, quantity: 1 }), 409, 'CART.TOTAL_TOO_LARGE');
    expectStatus(
      await client.call('PUT', `/v1/products/${half}/price`, { as: 'admin', body: { price: usd(most) } }),
      200,
    );
    const dearer = await client.post(`${cart}/checkout`, checkoutBody({ acceptPrices: true }));
    expectProblem(dearer, 409, 'CART.TOTAL_TOO_LARGE');
  });

  it('needs no postal code where the country has none, in either address, and one everywhere else', async () => {
    const { postalCode, ...bare } = checkoutBody().shippingAddress as Readonly<Record<string, unknown>>;
    const checkOut = async (fields: object) =>
      client.post(`/v1/carts/${await client.cart([[await client.product(), 1]])}/checkout`, checkoutBody(fields));
    for (const without of [{}, { postalCode: null }, { postalCode: '' }, { postalCode: ' ' }]) {
      const hongKong = { ...bare, country: 'HK', ...without };
      expectStatus(await checkOut({ shippingAddress: hongKong }), 202);
      expectStatus(await checkOut({ billingAddress: hongKong }), 202);
      const kosovo = { ...bare, country: 'XK', ...without };
      expectProblem(await checkOut({ shippingAddress: kosovo }), 400, 'REQUEST.INVALID');
      expectProblem(await checkOut({ shippingAddress: hongKong, billingAddress: kosovo }), 400, 'REQUEST.INVALID');
    }
    expectStatus(await checkOut({ shippingAddress: { ...bare, postalCode, country: 'XK' } }), 202);
    expectStatus(await checkOut({ shippingAddress: { ...bare, postalCode: '00000', country: 'AE' } }), 202);
  });

  it('keeps text of any script', async () => {
    const name = 'Größe 日本語 عربى 🧵 é e\u0301 <script>';
    const sku = await client.product();
    const answer = await client.call('PATCH', `/v1/products/${sku}`, {
      as: 'admin',
      body: { name, description: 'two\nlines\t' },
    });
    expect(expectStatus(answer, 200).json).toMatchObject({ name, description: 'two\nlines\t' });
    const bare = await client.call('PATCH', `/v1/products/${sku}`, { as: 'admin', body: { description: null } });
    expect(expectStatus(bare, 200).json).not.toHaveProperty('description');
  });

  it('of a changed product may name the price', async () => {
    const path = `/v1/products/${await client.product(usd(1000))}`;
    const change = (body: object) => client.call('PATCH', path, { as: 'admin', body });
    expect(expectStatus(await change({ price: usd(1200) }), 200).json).toMatchObject({ price: usd(1200), version: 1 });
    const both = expectStatus(await change({ name: 'Other', price: usd(1300) }), 200).json;
    expect(both).toMatchObject({ name: 'Other', price: usd(1300), version: 3 });
    expect(expectStatus(await change({ price: null }), 200).json).toEqual(both);
  });

  it('cannot reach a prototype', async () => {
    const cart = `/v1/carts/${await client.cart()}/items`;
    for (const raw of [
      '{"sku":"S","__proto__":{"quantity":1}}',
      '{"sku":"S","constructor":{"prototype":{"quantity":1}}}',
    ]) {
      expectProblem(await client.call('POST', cart, { raw }), 400, 'REQUEST.INVALID');
    }
  });
});

function raise(): never {
  throw new Error('no such case');
}
