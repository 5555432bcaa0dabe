import { randomUUID } from 'node:crypto';
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

describe('a write', () => {
  it('to an id that is too long to be one is answered by its resource', async () => {
    const call = client.call('DELETE', `/v1/carts/${'c'.repeat(300)}/items/x`);
    expectProblem(await call, 404, 'CART.NOT_FOUND');
  });

  it('answers the revision as ETag and where the log stands as Consistency-Token', async () => {
    const id = await client.cart();
    const sku = await client.product();
    const answer = expectStatus(await client.post(`/v1/carts/${id}/items`, { sku, quantity: 2 }), 200);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.headers.get('consistency-token')).toMatch(new RegExp(`^${harness.store.logId}\\.\\d{16}$`));
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

  it('records who asked, the trace, and an id of ours, whatever id the client has for it', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const sku = `S-${randomUUID().slice(0, 8)}`;
    const headers = { 'x-request-id': 'request-77', traceparent };
    expectStatus(await client.post('/v1/products', { sku, name: 'x', price: usd(1) }, { as: 'admin', headers }), 201);
    for await (const event of harness.store.read(`product-${sku}`)) {
      expect(event.metadata).toMatchObject({
        actor: 'admin:admin-1',
        correlationId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f-]{27}$/) as string,
        causationId: null,
        traceparent,
      });
    }
  });
});

describe('If-Match', () => {
  it('with a weak tag says so, and what to send instead', async () => {
    const path = `/v1/carts/${await client.cart()}/items/x`;
    const answer = await client.call('DELETE', path, { headers: { 'if-match': 'W/"0"' } });
    const { json } = expectProblem(answer, 412, 'REQUEST.PRECONDITION_FAILED');
    expect(json['detail']).toMatch(/weak.*`version`/);
  });

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

  it('compares tags as text', async () => {
    const call = client.call('DELETE', `/v1/carts/${await client.cart()}/items/x`, { headers: { 'if-match': '"00"' } });
    expectProblem(await call, 412, 'REQUEST.PRECONDITION_FAILED');
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
