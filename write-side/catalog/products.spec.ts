import { randomUUID } from 'node:crypto';
import { type EventStore, UnknownOutcomeError } from '../../infra/event-store/index.js';
import { withSingleAppends } from '../../infra/event-store/test-support/index.js';
import { expectProblem, expectStatus, usd, type Answer } from '../test-support/client.js';
import { startHarness, type Harness } from '../test-support/harness.js';

const newSku = () => `S-${randomUUID().slice(0, 8)}`;
const bodyOf = (sku: string) => ({
  sku,
  name: 'Tea',
  categories: ['Food'],
  attributes: { size: 'L' },
  price: usd(500),
});

describe.each([
  ['that appends to several streams at once', (store: EventStore) => store],
  ['that appends to one stream at a time', withSingleAppends],
])('on a log %s, a product', (_log, as) => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({}, as);
  });
  afterAll(() => harness.stop());

  const post = (body: object, headers = {}) =>
    harness.client.post('/v1/products', body, { as: 'admin', headers: { ...headers } });
  const patch = (sku: string, body: object, headers = {}) =>
    harness.client.call('PATCH', `/v1/products/${sku}`, { as: 'admin', body, headers: { ...headers } });
  const put = (sku: string, amount: number, headers = {}) =>
    harness.client.call('PUT', `/v1/products/${sku}/price`, {
      as: 'admin',
      body: { price: usd(amount) },
      headers: { ...headers },
    });
  const told = ({ status, headers, json }: Answer) => ({
    status,
    etag: headers.get('etag'),
    token: headers.get('consistency-token'),
    json,
  });
  const typesOf = async (sku: string) => {
    const types: string[] = [];
    for await (const { type, stream, data } of harness.store.readAll()) {
      const named = stream === `variant-${sku}` || JSON.stringify(data).includes(`"${sku}"`);
      if (named) types.push(type);
    }
    return types;
  };

  it('made with a SKU is one of one variant, which comes first', async () => {
    const sku = newSku();
    const made = expectStatus(await post(bodyOf(sku)), 201);
    expect(made.json).toEqual({ productId: expect.any(String) as string, sku });
    expect(made.headers.get('etag')).toBe('"0"');
    expect(await typesOf(sku)).toEqual(['variant.created.v1', 'product.created.v1']);
    const streams = [`variant-${sku}`, `product-${String(made.json['productId'])}`];
    for (const stream of streams) {
      for await (const { data } of harness.store.read(stream)) {
        expect(data).toMatchObject({ productId: made.json['productId'] });
      }
    }
  });

  it('is there at once for who receives it and puts it into a cart, also where that was asked for before', async () => {
    const sku = newSku();
    const receive = () => harness.client.post(`/v1/inventory/${sku}/receipts`, { quantity: 3 }, { as: 'admin' });
    expectProblem(await receive(), 404, 'PRODUCT.UNKNOWN_SKU');
    expectStatus(await post(bodyOf(sku)), 201);
    expectStatus(await receive(), 200);
    expectStatus(await patch(sku, { name: 'Sencha', price: usd(700), taxClass: 'food' }), 200);
    const cart = await harness.client.cart();
    const { json } = expectStatus(await harness.client.post(`/v1/carts/${cart}/items`, { sku, quantity: 2 }), 200);
    expect(json).toMatchObject({ items: [{ sku, name: 'Sencha', unitPrice: usd(700), taxClass: 'food' }] });
  });

  it('may be a gift card, which it stays, and which the cart and its line show', async () => {
    const sku = newSku();
    expectProblem(await post({ ...bodyOf(sku), kind: 'digital' }), 400, 'REQUEST.INVALID');
    expectStatus(await post({ ...bodyOf(sku), kind: 'gift-card' }), 201);
    expect(expectStatus(await patch(sku, { kind: 'gift-card', name: 'Card' }), 200).json).toMatchObject({
      kind: 'gift-card',
      name: 'Card',
    });
    expectProblem(await patch(sku, { kind: 'physical', name: 'Tea' }), 422, 'PRODUCT.KIND_FIXED');
    const cart = await harness.client.cart();
    const { json } = expectStatus(await harness.client.post(`/v1/carts/${cart}/items`, { sku, quantity: 2 }), 200);
    expect(json).toMatchObject({ items: [{ sku, name: 'Card', kind: 'gift-card' }] });
    for (const [route, body] of [
      ['receipts', { quantity: 1 }],
      ['adjustments', { quantity: 1, reason: 'count' }],
    ] as const) {
      const answer = await harness.client.post(`/v1/inventory/${sku}/${route}`, body, { as: 'admin' });
      expectProblem(answer, 409, 'INVENTORY.NOT_STOCKED');
    }
    const goods = newSku();
    expectStatus(await post({ ...bodyOf(goods), kind: 'physical' }), 201);
    expect(expectStatus(await patch(goods, { kind: 'physical' }), 200).json).not.toHaveProperty('kind');
  });

  it('has a SKU that is taken once, by whoever comes first', async () => {
    const sku = newSku();
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(bodyOf(sku))));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409, 409, 409, 409]);
    expectProblem(await post(bodyOf(sku)), 409, 'PRODUCT.SKU_TAKEN');
    expect(await typesOf(sku)).toEqual(['variant.created.v1', 'product.created.v1']);
  });

  it('answers a change with all of it and counts every change in its version', async () => {
    const sku = newSku();
    const { productId } = expectStatus(await post(bodyOf(sku)), 201).json;
    const both = expectStatus(await patch(sku, { name: 'Sencha', brand: 'Ito', price: usd(700) }), 200);
    const { price: _, ...rest } = bodyOf(sku);
    const now = { ...rest, productId, name: 'Sencha', brand: 'Ito', taxClass: 'standard' };
    expect(both.json).toEqual({ ...now, price: usd(700), version: 2 });
    expect(both.headers.get('etag')).toBe('"2"');
    expect(expectStatus(await put(sku, 800), 200).json).toEqual({ ...now, price: usd(800), version: 3 });
    expect(told(await put(sku, 800))).toMatchObject({ status: 200, etag: '"3"' });
    expect(told(await patch(sku, { name: 'Sencha', price: usd(800) }))).toMatchObject({ status: 200, etag: '"3"' });
  });

  it('takes changes of either kind at the version that If-Match names, and at no other', async () => {
    const sku = newSku();
    expectStatus(await post(bodyOf(sku)), 201);
    const at = (version: number) => ({ 'if-match': `"${version}"` });
    expectStatus(await put(sku, 600, at(0)), 200);
    expectProblem(await patch(sku, { name: 'A' }, at(0)), 412, 'REQUEST.PRECONDITION_FAILED');
    expectStatus(await patch(sku, { name: 'A', price: usd(601) }, at(1)), 200);
    expectProblem(await put(sku, 1, at(1)), 412, 'REQUEST.PRECONDITION_FAILED');
    const rivals = await Promise.all([put(sku, 1, at(3)), patch(sku, { name: 'B' }, at(3)), put(sku, 2, at(3))]);
    expect(rivals.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 412, 412]);
  });

  it.each([
    ['the name', { name: 'Sencha' }],
    ['the price', { price: usd(700) }],
    ['both', { name: 'Sencha', price: usd(700) }],
    ['nothing', { name: 'Tea', price: usd(500) }],
    ['one of two', { name: 'Sencha', price: usd(500) }],
    ['the other of two', { name: 'Tea', price: usd(700) }],
  ])('answers a keyed change of %s again as it was, after other changes and a restart', async (_what, body) => {
    const sku = newSku();
    const created = await post(bodyOf(sku), { 'idempotency-key': `make-${sku}` });
    const key = { 'idempotency-key': `change-${sku}` };
    const first = await patch(sku, body, key);
    expectStatus(await patch(sku, { name: 'Later', price: usd(1) }), 200);
    await harness.restart();
    expect(told(await patch(sku, body, key))).toEqual(told(first));
    expect((await post(bodyOf(sku), { 'idempotency-key': `make-${sku}` })).json).toEqual(created.json);
    expectProblem(await patch(sku, { name: 'Other' }, key), 422, 'REQUEST.IDEMPOTENCY_KEY_REUSED');
    expect((await patch(sku, { name: 'Later' })).json).toMatchObject({ name: 'Later', price: usd(1) });
  });

  it('is refused a category that reports keep, and nothing of the request is recorded', async () => {
    const sku = newSku();
    const categories = ['uncategorised'];
    expectProblem(await post({ ...bodyOf(sku), categories }), 409, 'PRODUCT.CATEGORY_RESERVED');
    expectStatus(await post(bodyOf(sku)), 201);
    expectProblem(await patch(sku, { categories, price: usd(1) }), 409, 'PRODUCT.CATEGORY_RESERVED');
    expect(await typesOf(sku)).toEqual(['variant.created.v1', 'product.created.v1']);
    expectProblem(await patch('nothing', { name: 'x' }), 404, 'PRODUCT.UNKNOWN_SKU');
  });
});

describe('on a log that appends to one stream at a time, a process that dies in between', () => {
  let harness: Harness;
  let dies = false;
  beforeAll(async () => {
    harness = await startHarness({}, (store) => ({
      ...withSingleAppends(store),
      append: (stream, events, expected) =>
        dies && stream.startsWith('product-')
          ? Promise.reject(new UnknownOutcomeError('gone'))
          : store.append(stream, events, expected),
    }));
  });
  afterAll(() => harness.stop());

  const dying = async (work: () => Promise<Answer>) => {
    dies = true;
    expectProblem(await work(), 503, 'STORE.UNAVAILABLE');
    dies = false;
    await harness.restart();
  };
  const admin = { as: 'admin' } as const;

  it.each([
    ['the same request', (sku: string) => ({ 'idempotency-key': `make-${sku}` }), 500],
    ['another one', () => ({}), 450],
  ])('leaves a SKU that is nothing yet, and a product once %s is sent', async (_what, headersOf, amount) => {
    const sku = newSku();
    const headers = headersOf(sku);
    const body = bodyOf(sku);
    await dying(() => harness.client.post('/v1/products', body, { ...admin, headers }));
    const price = { price: usd(1) };
    const path = `/v1/products/${sku}`;
    expectProblem(await harness.client.call('PATCH', path, { ...admin, body: price }), 404, 'PRODUCT.UNKNOWN_SKU');
    const cart = await harness.client.cart();
    const add = () => harness.client.post(`/v1/carts/${cart}/items`, { sku, quantity: 1 });
    expectProblem(await add(), 404, 'PRODUCT.UNKNOWN_SKU');
    const again = { ...body, price: usd(amount) };
    expectStatus(await harness.client.post('/v1/products', again, { ...admin, headers }), 201);
    expect(expectStatus(await add(), 200).json).toMatchObject({
      items: [{ sku, name: 'Tea', unitPrice: usd(amount) }],
    });
    expectProblem(await harness.client.post('/v1/products', again, admin), 409, 'PRODUCT.SKU_TAKEN');
  });

  it.each([
    ['with its key', true],
    ['without one', false],
  ])('leaves half a change, and all of it once it is sent again %s', async (_how, isKeyed) => {
    const sku = await harness.client.product();
    const headers = isKeyed ? { 'idempotency-key': `change-${sku}` } : {};
    const change = { ...admin, headers, body: { name: 'Sencha', price: usd(700) } };
    const path = `/v1/products/${sku}`;
    await dying(() => harness.client.call('PATCH', path, change));
    const answer = expectStatus(await harness.client.call('PATCH', path, change), 200);
    expect(answer.json).toMatchObject({ name: 'Sencha', price: usd(700), version: 2 });
  });
});
