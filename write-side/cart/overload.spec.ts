import { randomUUID } from 'node:crypto';
import { mock } from 'node:test';
import { MemoryEventStore } from '../../infra/event-store/test-support/memory-event-store.js';
import { Admission } from '../shared/admission.js';
import { checkoutBody, Client, expectProblem, expectStatus } from '../test-support/client.js';
import { WriteSideApp } from '../test-support/write-side-app.js';

const OVERLOADED = 'SERVER.OVERLOADED';

let app: WriteSideApp;
let client: Client;
let sku: string;
beforeAll(async () => {
  app = await WriteSideApp.start(new MemoryEventStore());
  client = new Client(app);
  sku = await client.product();
});
afterAll(() => app.stop());
afterEach(() => mock.restoreAll());

/** Commands take so long. */
function takes(milliseconds: number): void {
  mock.getter(app.application.get(Admission), 'delay', () => milliseconds);
}
const openCart = (headers = {}) => client.post('/v1/carts', { currency: 'USD' }, { headers });
const addTo = (cartId: string) => client.post(`/v1/carts/${cartId}/items`, { sku, quantity: 1 });

describe('an engine that more shoppers come to than it takes', () => {
  it('refuses new carts and says when to come again, while who has begun goes on to the end', async () => {
    const cartId = await client.cart();
    takes(2_000);
    const refused = await openCart();
    expectProblem(refused, 503, OVERLOADED);
    expect(refused.headers.get('retry-after')).toBe('1');
    expectStatus(await addTo(cartId), 200);
    expectStatus(await client.post(`/v1/carts/${cartId}/checkout`, checkoutBody()), 202);
  });

  it('refuses steps of those who have begun as well once everything takes far too long, but nothing of staff', async () => {
    const cartId = await client.cart([[sku, 1]]);
    takes(20_000);
    const path = `/v1/carts/${cartId}`;
    expectProblem(await addTo(cartId), 503, OVERLOADED);
    expectProblem(await client.call('PATCH', `${path}/items/${sku}`, { body: { quantity: 2 } }), 503, OVERLOADED);
    expectProblem(await client.call('DELETE', `${path}/items/${sku}`), 503, OVERLOADED);
    expectProblem(await client.post(`${path}/checkout`, checkoutBody()), 503, OVERLOADED);
    await client.product();
  });

  it('keeps no refusal under an idempotency key', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    takes(2_000);
    expectProblem(await openCart(headers), 503, OVERLOADED);
    mock.restoreAll();
    expectStatus(await openCart(headers), 201);
  });
});
