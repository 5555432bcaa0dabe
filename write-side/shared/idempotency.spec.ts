import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { text as streamText } from 'node:stream/consumers';
import { checkoutBody, expectProblem, expectStatus, usd } from '../test-support/client.js';
import type { Answer, Client } from '../test-support/client.js';
import { startHarness } from '../test-support/harness.js';
import type { Harness } from '../test-support/harness.js';

let harness: Harness;
let client: Client;

beforeAll(async () => {
  harness = await startHarness();
  client = harness.client;
});
afterAll(() => harness.stop());

const headersOf = ({ headers }: Answer) => [headers.get('etag'), headers.get('consistency-token')];
const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });

describe('an Idempotency-Key', () => {
  const again = [
    ['at once', () => Promise.resolve()],
    ['after a restart', () => harness.restart()],
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
    await harness.restart();
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

  it('belongs to method, route and principal', async () => {
    const key = randomUUID();
    const path = '/v1/carts';
    const anonymous = expectStatus(await client.post(path, { currency: 'USD' }, keyed(key)), 201);
    const customer = expectStatus(await client.post(path, { currency: 'USD' }, { ...keyed(key), as: 'customer' }), 201);
    expect(customer.json['cartId']).not.toBe(anonymous.json['cartId']);
  });

  it('is the same whichever way the address is written, and another for another resource', async () => {
    const key = randomUUID();
    const open = (path: string) => client.post(path, { currency: 'USD' }, keyed(key));
    const first = expectStatus(await open('/v1/carts'), 201);
    expect(expectStatus(await open('/v1/%63arts'), 201).json).toEqual(first.json);
    const [id, other] = [String(first.json['cartId']), await client.cart()];
    const sku = await client.product();
    const add = (cart: string) => client.post(`/v1/carts/${cart}/items`, { sku, quantity: 1 }, keyed(key));
    for (const cart of [id, id.replace('-', '%2D'), other]) {
      expect(expectStatus(await add(cart), 200).json['items']).toMatchObject([{ quantity: 1 }]);
    }
  });

  it('of a guest is as long as a secret, and may be short where somebody is signed in', async () => {
    const open = (key: string, as?: 'customer') =>
      client.post('/v1/carts', { currency: 'USD' }, { ...keyed(key), ...(as && { as }) });
    for (const key of ['1', 'k'.repeat(21), ` ${'k'.repeat(21)}`]) {
      const refused = expectProblem(await open(key), 400, 'REQUEST.INVALID');
      expect(refused.json['errors']).toMatchObject([{ path: 'Idempotency-Key' }]);
    }
    expectStatus(await open('k'.repeat(22)), 201);
    expectStatus(await open('1', 'customer'), 201);
  });

  it('may be sent in one line alone', async () => {
    const keys = [randomUUID(), randomUUID()];
    const socket = connect(Number(new URL(harness.app.url).port), '127.0.0.1');
    const lines = keys.map((key) => `idempotency-key: ${key}\r\n`).join('');
    const body = '{"currency":"USD"}';
    const type = `content-type: application/json\r\ncontent-length: ${body.length}\r\n`;
    socket.write(`POST /v1/carts HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${lines}${type}\r\n${body}`);
    const answer = await streamText(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*REQUEST\.INVALID[\s\S]*Idempotency-Key must be given only once/);
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

  it.each(again)('keeps a refusal as it was %s, whatever became of its reason', async (_when, between) => {
    const id = await client.cart();
    const key = randomUUID();
    const checkOut = () => client.post(`/v1/carts/${id}/checkout`, checkoutBody(), keyed(key));
    const first = expectProblem(await checkOut(), 409, 'CART.EMPTY');
    const sku = await client.product();
    expectStatus(await client.post(`/v1/carts/${id}/items`, { sku, quantity: 1 }), 200);
    await between();
    expect(expectProblem(await checkOut(), 409, 'CART.EMPTY').json).toEqual(first.json);
    const other = await client.post(`/v1/carts/${id}/checkout`, checkoutBody({ acceptPrices: true }), keyed(key));
    expectProblem(other, 422, 'REQUEST.IDEMPOTENCY_KEY_REUSED');
  });

  it.each(again)('keeps what a refusal told besides %s', async (_when, between) => {
    const [sku, added, key] = [`S-${randomUUID().slice(0, 8)}`, await client.product(usd(100)), randomUUID()];
    const id = await client.cart([[added, 1]]);
    const price = { as: 'admin', body: { price: usd(200) } } as const;
    expectStatus(await client.call('PUT', `/v1/products/${added}/price`, price), 200);
    const checkOut = () => client.post(`/v1/carts/${id}/checkout`, checkoutBody(), keyed(key));
    const moved = expectProblem(await checkOut(), 409, 'CART.PRICE_CHANGED');
    const add = () => client.post(`/v1/carts/${id}/items`, { sku, quantity: 1 }, keyed(key));
    const unknown = expectProblem(await add(), 404, 'PRODUCT.UNKNOWN_SKU');
    expectStatus(await client.post('/v1/products', { sku, name: 'x', price: usd(1) }, { as: 'admin' }), 201);
    await between();
    expect((await checkOut()).json).toEqual(moved.json);
    expect((await add()).json).toEqual(unknown.json);
  });

  it.each(again)('of a write that changed nothing answers the same %s', async (_when, between) => {
    const sku = await client.product();
    const path = `/v1/carts/${await client.cart([[sku, 2]])}/items/${sku}`;
    const keep = () =>
      client.call('PATCH', path, { body: { quantity: 2 }, ...keyed('changes nothing-of-a-guest-who-has-no-name') });
    const first = expectStatus(await keep(), 200);
    expectStatus(await client.call('PATCH', path, { body: { quantity: 5 } }), 200);
    await between();
    const second = expectStatus(await keep(), 200);
    expect([second.json, ...headersOf(second)]).toEqual([first.json, ...headersOf(first)]);
    const now = expectStatus(await client.call('PATCH', path, { body: { quantity: 5 } }), 200);
    expect(now.json['items']).toMatchObject([{ quantity: 5 }]);
  });

  it('of a refused validation by a rule may be used again with a better body', async () => {
    const path = `/v1/carts/${await client.cart([[await client.product(), 1]])}/checkout`;
    const checkOut = (shippingMethod: string) =>
      client.post(path, checkoutBody({ shippingMethod }), keyed('better-of-a-guest-who-has-no-name'));
    expectProblem(await checkOut('teleport'), 422, 'SHIPPING.UNKNOWN_METHOD');
    expectStatus(await checkOut('standard'), 202);
  });

  it.each([
    ['blank', ''],
    ['endless', 'k'.repeat(256)],
    ['not ASCII', 'k\u00e9y'],
  ])('that is %s is refused', async (_title, key) => {
    expectProblem(await client.post('/v1/carts', { currency: 'USD' }, keyed(key)), 400, 'REQUEST.INVALID');
  });
});
