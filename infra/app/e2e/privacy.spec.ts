import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  address,
  embeddedOnly,
  expectStatus,
  findings,
  Shop,
  tokenOf,
  onServers,
  useEngines,
  type EngineProcess,
} from '../test-support/index.js';

/** Nothing else in the world reads like these. */
const secrets = {
  email: 'Zoe.Quillfeather+x7@Privacy.Example',
  name: 'Zoe Quillfeather-Ombre',
  line1: '77 Vermilion Staircase',
  line2: 'Attic of the Owls',
  city: 'Nibelheim-am-Teich',
  region: 'Transoxiana-9',
  postalCode: 'ZQ7-41X',
  paymentToken: 'tok_private_c0ffee41',
};
const person = { ...address, ...secrets, email: undefined, paymentToken: undefined };

const body = (token: string) => ({
  email: secrets.email,
  shippingAddress: person,
  billingAddress: { ...person, name: `${secrets.name} senior` },
  payment: { token },
});

interface Journey {
  readonly orderId: string;
  readonly cartId: string;
  readonly credentials: readonly string[];
}

/** A shopper's whole life, refusals and mistakes included; answers every credential that was used. */
async function journey(shop: Shop): Promise<Journey> {
  const { http } = shop;
  await shop.product({ sku: 'S-1', stock: 10 });
  const cartId = await shop.cart(['S-1', 2]);
  const checkout = `/v1/carts/${cartId}/checkout`;
  const headers = { prefer: 'wait=15' };
  const declined = await http.call('POST', checkout, {
    body: body(secrets.paymentToken),
    headers,
    key: 'first-of-a-guest-who-has-no-name',
  });
  expect(expectStatus(declined, 201).json['status']).toBe('rejected');
  const placed = expectStatus(
    await http.call('POST', checkout, { body: body('tok_ok'), headers, key: 'second-of-a-guest-who-has-no-name' }),
    201,
  );
  expect(placed.json['status']).toBe('confirmed');
  const orderId = String(placed.json['orderId']);
  const accessToken = String(placed.json['accessToken']);

  const order = `/v1/orders/${orderId}`;
  const query = `?accessToken=${accessToken}`;
  expect(expectStatus(await http.call('GET', order + query), 200).text).toContain(secrets.line1);
  expectStatus(await http.call('GET', order, { headers: { authorization: `Bearer ${accessToken}` } }), 200);
  expectStatus(await http.call('GET', `/v1/orders/nowhere${query}`), 404);
  const found = await http.call('GET', `/v1/orders?email=${encodeURIComponent(secrets.email)}`, { as: 'support' });
  expect(expectStatus(found, 200).json['items']).toHaveLength(2);

  const mistaken = { ...body('tok_ok'), shippingAddress: { ...person, country: secrets.city } };
  expect((await http.call('POST', checkout, { body: mistaken })).json['code']).toBe('REQUEST.INVALID');
  expectStatus(await http.call('POST', checkout, { body: body('tok_ok') }), 409);
  expectStatus(
    await http.call('POST', checkout, { body: body('tok_error'), key: 'second-of-a-guest-who-has-no-name' }),
    422,
  );
  expectStatus(await http.call('POST', `/v1/webhooks/payments/sandbox${query}`, { body: body('tok_ok') }), 400);
  expectStatus(
    await http.call('POST', `/v1/nothing/${encodeURIComponent(secrets.email)}${query}`, { body: person }),
    404,
  );
  const wrong = { authorization: `Bearer ${accessToken}x` };
  expect((await http.call('POST', `${order}/cancellation`, { body: { reason: 'mine' }, headers: wrong })).status).toBe(
    401,
  );

  const request = { body: { reason: 'mine' }, headers: { authorization: `Bearer ${accessToken}` } };
  expectStatus(await http.call('POST', `${order}/cancellation`, request), 202);
  await shop.orderWhen(orderId, ({ status }) => status === 'cancelled');
  const credentials = [accessToken, await tokenOf('admin'), await tokenOf('support')];
  return { orderId, cartId, credentials };
}

/** What each way to look at events shows of what the shopper told. */
async function shownTo(shop: Shop, { orderId }: { readonly orderId: string }) {
  const textOf = async (as: 'analyst' | 'admin' | 'support', path: string) =>
    expectStatus(await shop.http.call('GET', path, { as }), 200).text;
  const order = await textOf('support', `/v1/orders/${orderId}`);
  const { payment } = JSON.parse(order) as { payment: { paymentId: string } };
  return {
    analyst: await textOf('analyst', '/v1/events'),
    admin: await textOf('admin', '/v1/events'),
    history: await textOf('support', `/v1/orders/${orderId}/history`),
    payment: await textOf('support', `/v1/payments/${payment.paymentId}`),
  };
}

const PLACES = onServers ? ['events', 'keys', 'processes', 'search'] : ['events.db-wal', 'keys.db', 'processes.db'];

type Places = ReadonlyMap<string, string>;

const named = (stored: Places, prefix: string): Places =>
  new Map([...stored].filter(([place]) => place.startsWith(prefix)));

/** The read models may show an order to those who may see it. */
const beyondReadModels = (stored: Places): Places =>
  new Map([...stored].filter(([place]) => !place.startsWith('read')));

const [given, unused, wrong] = ['WHISPERWIND-4417', 'MOONDAPPLE-9913', 'THISTLEDOWN-2208'] as const;

/** Codes that are created, refused, listed, put in a cart, taken out, bought with, typed wrong and deactivated. */
async function couponJourney(shop: Shop): Promise<string> {
  const { http } = shop;
  const as = 'admin';
  const then = [{ type: 'percent-off', percent: '10', of: 'order' }];
  const summer = { name: 'Summer', trigger: 'coupon', then };
  const { promotionId } = expectStatus(await http.call('POST', '/v1/promotions', { body: summer, as }), 201).json;
  const promotion = `/v1/promotions/${String(promotionId)}`;
  expectStatus(await http.call('POST', `${promotion}/activation`, { as }), 200);
  const create = (key: string) =>
    http.call('POST', `${promotion}/coupons`, { body: { codes: [given, unused] }, as, key });
  expectStatus(await create('the-first'), 201);
  for (const key of ['the-second', 'the-second']) expectStatus(await create(key), 409);
  await shop.product({ sku: 'S-2', stock: 10 });
  const cart = `/v1/carts/${await shop.cart(['S-2', 1])}`;
  const add = (code: string) => http.call('POST', `${cart}/coupons`, { body: { code } });
  expectStatus(await add(given.toLowerCase()), 200);
  expectStatus(await http.call('DELETE', `${cart}/coupons/${given}`), 200);
  expectStatus(await add(wrong), 404);
  expectStatus(await add(given), 200);
  const headers = { prefer: 'wait=15' };
  expectStatus(await http.call('POST', `${cart}/checkout`, { body: body('tok_ok'), headers }), 201);
  for (const [code, status] of [
    [unused, 200],
    [wrong, 404],
  ] as const)
    expectStatus(await http.call('POST', `/v1/coupons/${code}/deactivation`, { as }), status);
  return expectStatus(await http.call('GET', `${promotion}/coupons`, { as: 'support' }), 200).text;
}

describe('what a shopper tells the shop, and the codes of its coupons', () => {
  const engines = useEngines('all tests');
  let engine: EngineProcess;
  let shop: Shop;
  let shopper: Journey;
  let listed: string;
  beforeAll(async () => {
    const directory = join(engines.directory(), 'made-at-first-start');
    engine = await engines.start({ directory, env: { LOG_LEVEL: 'trace' } });
    shop = new Shop(engine);
    shopper = await journey(shop);
    listed = await couponJourney(shop);
  }, 90_000);

  embeddedOnly('modes of the files of a data directory').it('are in a data directory that is its user’s alone', () => {
    const { directory } = engine.options;
    const modes = readdirSync(directory).map((name) => [name, statSync(join(directory, name)).mode & 0o777] as const);
    expect(modes.map(([name]) => name)).toEqual(expect.arrayContaining(['events.db', 'events.db-wal', 'read.db-wal']));
    expect(modes.filter(([, mode]) => mode !== 0o600)).toEqual([]);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  it('tell analysts nothing of the person and no cart, and nobody the means of payment', async () => {
    const { orderId, cartId } = shopper;
    const shown = await shownTo(shop, { orderId });
    const { paymentToken, ...person } = secrets;
    for (const [to, text] of Object.entries(shown)) {
      expect([to, findings(new Map([[to, text]]), [paymentToken, 'tok_ok', 'idempotencyKey":"'])]).toEqual([to, []]);
    }
    expect(findings(new Map([['analyst', shown.analyst]]), [...Object.values(person), cartId])).toEqual([]);
    const clear = [person.line1, person.email, cartId];
    expect(findings(new Map([['admin', shown.admin]]), clear)).toHaveLength(clear.length);
    expect(findings(new Map([['history', shown.history]]), clear)).toHaveLength(clear.length);

    const linesOf = (text: string) =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(linesOf(shown.analyst).map(({ id }) => id)).toEqual(linesOf(shown.admin).map(({ id }) => id));
    const { stream } = linesOf(shown.analyst).find(({ type }) => type === 'cart.opened.v1') ?? {};
    const carts = linesOf(shown.analyst).filter((line) => line['stream'] === stream);
    const path = `/v1/events?stream=${String(stream)}`;
    const { text } = expectStatus(await shop.http.call('GET', path, { as: 'analyst' }), 200);
    expect(linesOf(text)).toEqual(carts);
    expect(carts.length).toBeGreaterThan(2);
  }, 60_000);

  it('are in no log line, metric, event, key or saga in clear', async () => {
    const { orderId, credentials } = shopper;
    const metrics = (await shop.http.call('GET', '/metrics')).text;
    const running = await engines.stored(engine);
    expect(await engine.stop()).toBe(0);
    const stopped = await engines.stored(engine);

    // What may be there is found: the search works, and it looks at the right places.
    expect(findings(new Map([['log', engine.child.stderr]]), ['cancellation'])).toHaveLength(1);
    expect(findings(named(stopped, 'events'), [orderId])).toHaveLength(1);
    expect([...running.keys()]).toEqual(expect.arrayContaining(PLACES));
    expect(findings(named(stopped, 'read'), [secrets.line1])).toHaveLength(1);

    expect(findings(new Map([['list', listed]]), [given, unused])).toHaveLength(2);
    // The read model has what may be listed.
    expect(findings(named(stopped, 'read'), [given, unused]).length).toBeGreaterThan(1);

    const codes = [given, unused, wrong];
    const texts = [...codes, ...Object.values(secrets), 'tok_ok', 'quillfeather%2bx7', ...credentials];
    const printed = new Map([
      ['stdout', engine.child.stdout],
      ['stderr', engine.child.stderr],
      ['metrics', metrics],
    ]);
    for (const places of [printed, beyondReadModels(running), beyondReadModels(stopped)])
      expect(findings(places, texts)).toEqual([]);
  }, 60_000);
});

/** Whom tokens name, nobody of them with an address that is told anywhere else. */
const subjects = {
  email: 'Quentin.Oakenshade@Subject.Example',
  telephone: '+441632960417',
  number: '4915550104417',
  name: 'wilhelmina.thistlewood',
};
const clerk = 'Barnaby.Fennimore@Staff.Example';

const bearing = async (role: 'customer' | 'admin', subject: string) => ({
  authorization: `Bearer ${await tokenOf(role, subject)}`,
});

/** Buys with a token, and asks for a cancellation with it. */
async function buyAs(shop: Shop, subject: string): Promise<Omit<Journey, 'credentials'>> {
  const headers = await bearing('customer', subject);
  const cartId = await shop.cartOf(headers, ['S-1', 1]);
  const placed = expectStatus(await shop.checkOut(cartId, { wait: 15, headers }), 201);
  const orderId = String(placed.json['orderId']);
  const body = { reason: 'mine' };
  expectStatus(await shop.http.call('POST', `/v1/orders/${orderId}/cancellation`, { body, headers }), 202);
  await shop.orderWhen(orderId, ({ status }) => status === 'cancelled');
  return { orderId, cartId };
}

/** The orders that somebody with a token of this subject has, by the list and by themselves. */
async function ordersOf(shop: Shop, subject: string, known: readonly string[]): Promise<readonly string[]> {
  const headers = await bearing('customer', subject);
  const list = expectStatus(await shop.http.call('GET', '/v1/me/orders', { headers }), 200);
  const listed = (list.json['items'] as readonly { orderId: string }[]).map(({ orderId }) => orderId);
  for (const orderId of known) {
    const { status } = await shop.http.call('GET', `/v1/orders/${orderId}`, { headers });
    expect([orderId, status]).toEqual([orderId, listed.includes(orderId) ? 200 : 404]);
  }
  return listed;
}

describe('the subject of a token', () => {
  const engines = useEngines();

  it('is nowhere in clear, and leads a customer to their own orders, whoever else has what the log calls them', async () => {
    const engine = await engines.start({ env: { LOG_LEVEL: 'trace' } });
    const shop = new Shop(engine);
    await shop.product({ sku: 'S-1', stock: 10 });
    const receipt = { body: { quantity: 1 }, headers: await bearing('admin', clerk) };
    expectStatus(await shop.http.call('POST', '/v1/inventory/S-1/receipts', receipt), 200);
    const bought = new Map<string, string>();
    const shown = new Map<string, string>();
    for (const subject of Object.values(subjects)) {
      const { orderId, cartId } = await buyAs(shop, subject);
      bought.set(subject, orderId);
      for (const path of [`/v1/carts/${cartId}`, `/v1/orders/${orderId}`])
        shown.set(`${path} to a stranger`, (await shop.http.call('GET', path)).text);
    }
    const orders = [...bought.values()];
    await shop.caughtUp();

    const seen = async () => Promise.all([...bought.keys()].map((subject) => ordersOf(shop, subject, orders)));
    expect(await seen()).toEqual(orders.map((orderId) => [orderId]));
    expect(await ordersOf(shop, subjects.email.toUpperCase(), orders)).toEqual([bought.get(subjects.email)]);
    expect(await ordersOf(shop, subjects.name.toUpperCase(), orders)).toEqual([]);

    const textOf = async (as: 'analyst' | 'admin' | 'support', path: string) =>
      expectStatus(await shop.http.call('GET', path, { as }), 200).text;
    const feed = await textOf('analyst', '/v1/events');
    shown.set('analyst', feed).set('admin', await textOf('admin', '/v1/events'));
    shown.set('list', await textOf('support', '/v1/orders'));
    shown.set('metrics', (await shop.http.call('GET', '/metrics')).text);
    for (const id of orders) shown.set(`history ${id}`, await textOf('support', `/v1/orders/${id}/history`));
    const customers = new Set(feed.match(/(?<="actor":"customer:)[^"]+/g));
    expect(customers.size).toBe(orders.length);
    for (const id of customers) {
      expect(feed).toContain(`"customerId":"${id}"`);
      expect(await ordersOf(shop, id, orders)).toEqual([]);
    }
    expect(feed).toMatch(/"actor":"admin:person-[-0-9a-f]{36}"/);

    const running = await engines.stored(engine);
    expect(await engine.stop()).toBe(0);
    const stopped = await engines.stored(engine);
    expect(findings(named(stopped, 'events'), [...customers])).toHaveLength(customers.size);
    expect(findings(named(stopped, 'read'), [...customers])).toHaveLength(customers.size);
    const printed = new Map([['printed', engine.child.stdout + engine.child.stderr]]);
    const texts = [...Object.values(subjects), clerk, 'oakenshade', 'fennimore'];
    for (const places of [shown, running, stopped, printed]) expect(findings(places, texts)).toEqual([]);

    await engine.start();
    await shop.caughtUp();
    expect(await seen()).toEqual(orders.map((orderId) => [orderId]));
  }, 120_000);
});
