// A purchase through the client that openapi-fetch types by the generated schema.
import createClient from 'openapi-fetch';
import type { paths } from '../.cache/openapi-fetch/schema.js';
import { SKU, settings } from '../settings.mjs';

const { url, token } = settings();
const api = createClient<paths>({ baseUrl: url, headers: { authorization: `Bearer ${token}` } });

/** The answer's data; what the server refused ends the journey. */
function expected<T>(what: string, answer: { data?: T; error?: unknown }): T {
  if (answer.data === undefined) throw new Error(`${what}: ${JSON.stringify(answer.error)}`);
  return answer.data;
}

const { cartId: id } = expected('open', await api.POST('/v1/carts', { body: { currency: 'USD' } }));
expected('add', await api.POST('/v1/carts/{id}/items', { params: { path: { id } }, body: { sku: SKU, quantity: 2 } }));
const checkout = await api.POST('/v1/carts/{id}/checkout', {
  params: { path: { id }, header: { Prefer: 'wait=20' } },
  body: {
    email: 'ada@example.com',
    shippingAddress: { name: 'Ada', line1: '12 Mill Street', city: 'New York', postalCode: '10001', country: 'US' },
    payment: { token: 'tok_ok' },
  },
});
const placed = expected('check out', checkout);
const header = { 'Consistency-Token': checkout.response.headers.get('consistency-token') ?? '' };
const mine = expected('list', await api.GET('/v1/me/orders', { params: { header } }));
const found = mine.items.find((order) => order.orderId === placed.orderId);
if (found?.status !== 'confirmed') throw new Error(`${placed.orderId} is not listed: ${JSON.stringify(mine.items)}`);
