// What shoppers and staff do at once, each scene with the rule that has to hold of its answers.
import { revisionOf } from './client.mjs';

const address = {
  name: 'Ada Byron',
  line1: '12 St James Square',
  city: 'Springfield',
  postalCode: '62701',
  country: 'US',
};
const PRICE = 1_000;

export const checkoutBody = (email, token) => ({ email, shippingAddress: address, payment: { token } });

/** Runs the jobs, so many at once. */
export async function atOnce(most, jobs) {
  const left = [...jobs];
  const results = [];
  const worker = async () => {
    for (let job = left.pop(); job !== undefined; job = left.pop()) results.push(await job());
  };
  await Promise.all(Array.from({ length: most }, worker));
  return results;
}

function expected(answer, ...statuses) {
  if (statuses.includes(answer.status)) return answer;
  throw new Error(`an answer ${answer.status} instead of ${statuses}: ${answer.text}`);
}

/** Makes products with so much stock. */
export async function stockUp(client, skus, quantity) {
  for (const sku of skus) {
    const price = { amount: PRICE, currency: 'USD' };
    expected(await client.write('POST', '/v1/products', { sku, name: `Thing ${sku}`, price }), 201);
    const stream = `inventory-${sku}`;
    expected(await client.write('POST', `/v1/inventory/${sku}/receipts`, { quantity }, { stream }), 200);
  }
}

async function cartOf(client, lines) {
  const opened = expected(await client.write('POST', '/v1/carts', { currency: 'USD' }), 201);
  const { cartId } = opened.json;
  let { token } = opened;
  for (const [sku, quantity] of lines) {
    const path = `/v1/carts/${cartId}/items`;
    const added = await client.write('POST', path, { sku, quantity }, { stream: `cart-${cartId}` });
    ({ token } = expected(added, 200));
  }
  return { cartId, token };
}

/** A buyer with a full cart: `go` checks it out and answers the order as it ended. */
export async function buyer(client, lines) {
  const { cartId } = await cartOf(client, lines);
  const token = client.random.chance(0.9) ? 'tok_ok' : 'tok_declined';
  const body = checkoutBody(`buyer${client.random.below(50)}@example.com`, token);
  const path = `/v1/carts/${cartId}/checkout`;
  const headers = { prefer: 'wait=30' };
  const go = async () => {
    const isTwin = client.random.chance(0.2);
    const answers = isTwin
      ? await client.twice('POST', path, body, { headers })
      : [await client.write('POST', path, body, { headers })];
    for (const answer of answers) expected(answer, 201, 202);
    const ids = new Set(answers.map(({ json }) => json.orderId));
    if (ids.size > 1) throw new Error(`one checkout has the orders ${[...ids].join(' and ')}`);
    const [{ json, token }] = answers;
    const order = await client.settledOrder(json.orderId, token);
    const told = answers.map((answer) => answer.json.status).filter((status) => status !== 'pending');
    if (told.some((status) => status !== order.status))
      throw new Error(`order ${json.orderId} was told to be ${told} and is shown as ${order.status}`);
    return order;
  };
  return { lines, go };
}

/** What a buyer of a storm wants: one of a SKU, some of it, or two products, in either order. */
function wish(random, skus) {
  const sku = random.of(skus);
  if (random.chance(0.6)) return [[sku, 1]];
  if (random.chance(0.5)) return [[sku, 2 + random.below(2)]];
  const other = random.of(skus.filter((one) => one !== sku));
  return [
    [sku, 1],
    [other, 1],
  ];
}

/** Many buyers for few units. Answers the confirmed orders, and what does not hold. */
export async function storm(clients, skus, { buyers, stock }) {
  const carts = Array.from({ length: buyers }, (_, index) => {
    const client = clients[index % clients.length];
    return () => buyer(client, wish(client.random, skus));
  });
  const ready = await atOnce(clients.length, carts);
  // All carts are full before the first one is checked out: the race is for stock alone.
  const orders = await atOnce(
    clients.length,
    ready.map(({ go }) => go),
  );
  const sold = new Map(skus.map((sku) => [sku, 0]));
  const confirmed = orders.filter(({ status }) => status === 'confirmed');
  for (const { lines } of confirmed) for (const { sku, quantity } of lines) sold.set(sku, sold.get(sku) + quantity);
  const faults = [...sold].flatMap(([sku, units]) =>
    units > stock ? [`${units} of ${sku} were confirmed, there were ${stock}`] : [],
  );
  if (confirmed.length === 0) faults.push(`of ${buyers} buyers nobody got anything`);
  return { confirmed, faults };
}

const accepted = (answers) => answers.filter(({ status }) => status < 300).length;
const toldOf = (answers) => answers.map(({ status, json }) => `${status} ${json?.code ?? ''}`).join(', ');

/** Staff ship an order while its buyer cancels it: one of the two, and never both. */
async function shipOrCancel(client, { orderId }) {
  const path = `/v1/orders/${orderId}`;
  const options = { stream: `order-${orderId}` };
  const answers = await Promise.all([
    client.write('POST', `${path}/shipments`, {}, options),
    client.write('POST', `${path}/cancellation`, { reason: 'changed my mind' }, options),
  ]);
  return accepted(answers) === 1 ? [] : [`order ${orderId}: shipped or cancelled is answered ${toldOf(answers)}`];
}

/** An order is shipped by two at once, and then refunded by three, each of which asks for more than a third of it. */
async function shipAndRefund(client, { orderId, totals }) {
  const path = `/v1/orders/${orderId}`;
  const options = { stream: `order-${orderId}` };
  const shipped = await Promise.all([0, 1].map(() => client.write('POST', `${path}/shipments`, {}, options)));
  if (accepted(shipped) !== 1) return [`order ${orderId}: shipped by two is answered ${toldOf(shipped)}`];
  await client.orderWhen(orderId, ({ payment }) => payment.status === 'captured');
  const amount = { amount: Math.floor(totals.total.amount * 0.4), currency: 'USD' };
  const body = { amount, reason: 'a scratch' };
  const refunds = await Promise.all([0, 1, 2].map(() => client.write('POST', `${path}/refunds`, body, options)));
  return accepted(refunds) === 2 ? [] : [`order ${orderId}: three refunds of 40 % are answered ${toldOf(refunds)}`];
}

/**
 * A few buyers of one product, of which there is plenty, check out at the same moment, each with another quantity, round after round. The
 * engines find each other in the way, and what one of them has decided in vain is not what the other recorded in its place.
 */
export async function rivals(clients, sku, rounds) {
  const carts = Array.from({ length: rounds }, () =>
    clients.map((client, index) => () => buyer(client, [[sku, 1 + index]])),
  );
  for (const round of carts) {
    const ready = await atOnce(clients.length, round);
    await Promise.all(ready.map(({ go }) => go()));
  }
}

/** What comes after a storm: of the orders that were confirmed. */
export async function aftermath(clients, orders) {
  const jobs = orders.map((order, index) => () => {
    const client = clients[index % clients.length];
    return client.random.chance(0.5) ? shipOrCancel(client, order) : shipAndRefund(client, order);
  });
  return (await atOnce(clients.length, jobs)).flat();
}

/**
 * One cart that several clients change at once: by additions, which commute, and by changes on condition of an ETag, of which
 * one is taken. Whoever is answered reads at once, with the token of the answer, through whichever engine.
 */
export async function sharedCart(clients, sku) {
  const [owner] = clients;
  const { cartId, token } = await cartOf(owner, [[sku, 1]]);
  const cart = { path: `/v1/carts/${cartId}`, stream: `cart-${cartId}` };
  const faults = [];
  let last = { token, etag: '"0"' };
  for (let round = 0; round < 3; round += 1) {
    const added = await changesOf(clients, cart, (index) => ['POST', '/items', { sku, quantity: 1 + index }, {}]);
    for (const answer of added) expected(answer, 200);
    const ifMatch = newest([...added, last]).etag;
    const headers = { 'if-match': ifMatch };
    const changed = await changesOf(clients, cart, (index) => [
      'PATCH',
      `/items/${sku}`,
      { quantity: 50 + index },
      headers,
    ]);
    if (accepted(changed) !== 1 || changed.some(({ status }) => status !== 200 && status !== 412))
      faults.push(`${cart.path}: changes on condition of ${ifMatch} are answered ${toldOf(changed)}`);
    last = newest([...changed.filter(({ status }) => status === 200), last]);
  }
  return faults;
}

const changesOf = (clients, cart, changeOf) =>
  Promise.all(
    clients.map(async (client, index) => {
      const [method, path, body, headers] = changeOf(index);
      const answer = await client.write(method, `${cart.path}${path}`, body, { stream: cart.stream, headers });
      if (answer.status === 200) await client.readAfter(cart, answer);
      return answer;
    }),
  );

const newest = (answers) => answers.toSorted((a, b) => revisionOf(b) - revisionOf(a))[0];
