// A shop with products, and what its shoppers do.
import { startEngine, tokenLine } from './engine.mjs';
import { eachOnce } from './load.mjs';
import { bodyOf, expectStatus, headerOf } from './raw-client.mjs';

const CONFIRMED_WITHIN = 'prefer: wait=30\r\n';
const STOCK = 1_000_000;

const address = {
  name: 'Ada Byron',
  line1: '12 St James Square',
  city: 'Springfield',
  postalCode: '62701',
  country: 'US',
};

let shoppers = 0;
/** Shoppers come back: one of 5,000 addresses. */
const nextEmail = () => `shopper${shoppers++ % 5000}@example.com`;

/** Makes so many products with plenty of stock; answers their SKUs. */
export async function stockProducts(engine, count) {
  const admin = tokenLine('admin');
  const skus = Array.from({ length: count }, (_, index) => `BENCH-${index}`);
  await eachOnce(engine, skus, async (client, sku) => {
    const price = { amount: 1999, currency: 'USD' };
    const product = { sku, name: `Product ${sku}`, categories: ['bench'], price };
    expectStatus(await client.request('POST', '/v1/products', product, admin), 201);
    expectStatus(await client.request('POST', `/v1/inventory/${sku}/receipts`, { quantity: STOCK }, admin), 200);
  });
  return skus;
}

/** Starts an engine on an empty directory and fills it with products. */
export async function openShop(subject, directory, { products = 500, env = {} } = {}) {
  const engine = await startEngine(subject, directory, env);
  return { engine, skus: await stockProducts(engine, products) };
}

/** Opens a cart and puts one of each SKU into it; answers its path. */
export async function fillCart(client, skus) {
  const { cartId } = bodyOf(await client.request('POST', '/v1/carts', { currency: 'USD' }), 201);
  for (const sku of skus)
    expectStatus(await client.request('POST', `/v1/carts/${cartId}/items`, { sku, quantity: 1 }), 200);
  return `/v1/carts/${cartId}`;
}

/** The answer to a checkout of this cart, whatever it is. */
export const checkOut = (client, cart) =>
  client.request(
    'POST',
    `${cart}/checkout`,
    { email: nextEmail(), shippingAddress: address, payment: { token: 'tok_ok' } },
    CONFIRMED_WITHIN,
  );

/** The order of a checkout's answer: its path, and the header line that may read it. Throws unless it is confirmed. */
export function confirmedOrder(answer) {
  const placed = bodyOf(answer, 201);
  if (placed.status !== 'confirmed') throw new Error(`the order is ${answer.body}`);
  const token = headerOf(answer, 'consistency-token');
  return {
    path: `/v1/orders/${placed.orderId}`,
    credential: `authorization: Bearer ${placed.accessToken}\r\n`,
    seen: `consistency-token: ${token}\r\n`,
  };
}

/** Reads an order that was just placed: it must be shown as confirmed. */
export async function readOrder(client, { path, credential, seen }) {
  const order = bodyOf(await client.request('GET', path, undefined, credential + seen), 200);
  if (order.status !== 'confirmed') throw new Error(`a confirmed order is shown as ${order.status}`);
}

/** A guest's journey of five requests: a cart, two items, a checkout that waits for its end, the order. */
export async function journey(client, skus) {
  const pick = () => skus[Math.floor(Math.random() * skus.length)];
  const cart = await fillCart(client, [pick(), pick()]);
  const order = confirmedOrder(await checkOut(client, cart));
  await readOrder(client, order);
  return order;
}

/** Places so many orders as fast as the engine takes them; answers them. */
export const placeOrders = (engine, skus, count) =>
  eachOnce({ port: engine.port, clients: 64 }, Array.from({ length: count }), (client) => journey(client, skus));
