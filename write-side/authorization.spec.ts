import type { AccessRole } from '../infra/http/index.js';
import { checkoutBody, expectProblem, expectStatus, usd } from './test-support/client.js';
import type { CallOptions, Client } from './test-support/client.js';
import { startHarness } from './test-support/harness.js';
import type { Harness } from './test-support/harness.js';

const ROLES: readonly AccessRole[] = ['customer', 'support', 'analyst', 'admin'];

let harness: Harness;
let client: Client;
let order: { orderId: string; accessToken: string; sku: string };
let cartId: string;

beforeAll(async () => {
  harness = await startHarness();
  client = harness.client;
  order = await client.order();
  cartId = await client.cart();
});
afterAll(() => harness.stop());

interface Route {
  readonly title: string;
  readonly method: string;
  readonly path: () => string;
  readonly allowed: readonly AccessRole[];
  /** What others are told, where not that it is forbidden. */
  readonly hidden?: true;
  /** Malformed on purpose: who may not come in must not learn what is wrong with the body. */
  readonly body?: object;
}

const ADMIN = ['admin'] as const;
const STAFF = ['support', 'admin'] as const;
const table: readonly Route[] = [
  { title: 'a new product', method: 'POST', path: () => '/v1/products', allowed: ADMIN },
  {
    title: 'a change of a product',
    method: 'PATCH',
    path: () => `/v1/products/${order.sku}`,
    allowed: ADMIN,
    body: { name: 1 },
  },
  { title: 'a new price', method: 'PUT', path: () => `/v1/products/${order.sku}/price`, allowed: ADMIN },
  { title: 'new prices', method: 'PUT', path: () => `/v1/products/${order.sku}/prices`, allowed: ADMIN },
  { title: 'a new price list', method: 'POST', path: () => '/v1/price-lists', allowed: ADMIN },
  {
    title: 'a change of a price list',
    method: 'PATCH',
    path: () => '/v1/price-lists/sale',
    allowed: ADMIN,
    body: { name: 1 },
  },
  { title: 'a new channel', method: 'POST', path: () => '/v1/channels', allowed: ADMIN },
  {
    title: 'a change of a channel',
    method: 'PATCH',
    path: () => '/v1/channels/default',
    allowed: ADMIN,
    body: { name: 1 },
  },
  { title: 'a receipt', method: 'POST', path: () => `/v1/inventory/${order.sku}/receipts`, allowed: ADMIN },
  { title: 'an adjustment', method: 'POST', path: () => `/v1/inventory/${order.sku}/adjustments`, allowed: ADMIN },
  {
    title: 'a shipment',
    method: 'POST',
    path: () => `/v1/orders/${order.orderId}/shipments`,
    allowed: ADMIN,
    body: { lines: 1 },
  },
  {
    title: 'a delivery',
    method: 'POST',
    path: () => `/v1/shipments/${order.orderId}.1/delivery`,
    allowed: ADMIN,
    body: { at: 1 },
  },
  { title: 'a refund', method: 'POST', path: () => `/v1/orders/${order.orderId}/refunds`, allowed: STAFF },
  {
    title: 'a cancellation',
    method: 'POST',
    path: () => `/v1/orders/${order.orderId}/cancellation`,
    allowed: STAFF,
    hidden: true,
  },
  { title: 'a new gift card', method: 'POST', path: () => '/v1/gift-cards', allowed: ADMIN },
  { title: 'an adjusted gift card', method: 'POST', path: () => '/v1/gift-cards/by-id/x/adjustments', allowed: ADMIN },
  {
    title: 'a blocked gift card',
    method: 'POST',
    path: () => '/v1/gift-cards/by-id/x/block',
    allowed: ADMIN,
    body: { reason: 1 },
  },
  { title: 'a new cart', method: 'POST', path: () => '/v1/carts', allowed: ROLES },
  { title: 'an item', method: 'POST', path: () => `/v1/carts/${cartId}/items`, allowed: ROLES },
  { title: 'a checkout', method: 'POST', path: () => `/v1/carts/${cartId}/checkout`, allowed: ROLES },
];
const OPEN_TO_ALL: ReadonlySet<Route> = new Set(table.slice(-3));
const rows = table.map((route) => [route.title, route] as const);

const ask = ({ method, path, body = {} }: Route, options: CallOptions) =>
  client.call(method, path(), { body, ...options });

describe.each(rows)('%s', (_title, route) => {
  it.each(ROLES)('lets in or refuses a %s before it looks at the body', async (role) => {
    const answer = await ask(route, { as: role });
    if (route.allowed.includes(role)) expectProblem(answer, 400, 'REQUEST.INVALID');
    else if (route.hidden) expectProblem(answer, 404, 'ORDER.NOT_FOUND');
    else expectProblem(answer, 403, 'AUTH.FORBIDDEN');
  });

  it('asks for a credential where one is needed', async () => {
    const answer = await ask(route, {});
    if (OPEN_TO_ALL.has(route)) expectProblem(answer, 400, 'REQUEST.INVALID');
    else expectProblem(answer, 401, 'AUTH.REQUIRED');
  });
});

describe('a credential that is not valid', () => {
  it.each(['garbage', 'a.b.c', 'x'.repeat(6000)])(
    '%.20s is refused on every route that looks at credentials',
    async (bearer) => {
      const ways = [
        ['/v1/carts', { currency: 'USD' }],
        [`/v1/carts/${cartId}/items`, { sku: order.sku, quantity: 1 }],
      ] as const;
      for (const [path, body] of ways) {
        expectProblem(await client.post(path, body, { bearer }), 401, 'AUTH.REQUIRED');
      }
      const path = `/v1/orders/${order.orderId}/cancellation`;
      expectProblem(await client.post(path, { reason: 'r' }, { bearer }), 401, 'AUTH.REQUIRED');
    },
  );
});

describe('an order', () => {
  it('is cancelled by its own accessToken alone, as a bearer or in the address', async () => {
    const other = await client.order();
    const path = `/v1/orders/${other.orderId}/cancellation`;
    const body = { reason: 'r' };
    expectProblem(await client.post(path, body, { bearer: order.accessToken }), 404, 'ORDER.NOT_FOUND');
    expectProblem(await client.post(`${path}?accessToken=${order.accessToken}`, body), 404, 'ORDER.NOT_FOUND');
    expectStatus(await client.post(`${path}?accessToken=${other.accessToken}`, body), 202);
    for await (const event of harness.store.read(`order-${other.orderId}`, { from: 2 })) {
      expect(event.metadata.actor).toBe('guest');
    }
  });

  it('asks for a credential where the accessToken in the address is empty', async () => {
    const path = `/v1/orders/${order.orderId}/cancellation?accessToken=`;
    expectProblem(await client.post(path, { reason: 'r' }), 401, 'AUTH.REQUIRED');
  });

  it('is cancelled by its customer and by no other', async () => {
    const { orderId } = await client.order({ as: 'customer' });
    const path = `/v1/orders/${orderId}/cancellation`;
    const stranger = await harness.token('customer', 'somebody-else');
    expectProblem(await client.post(path, { reason: 'r' }, { bearer: stranger }), 404, 'ORDER.NOT_FOUND');
    expectStatus(await client.post(path, { reason: 'r' }, { as: 'customer' }), 202);
  });

  it('that is somebody else’s and one that is not there are answered alike', async () => {
    const { orderId } = await client.order({ as: 'customer' });
    const stranger = await harness.token('customer', 'somebody-else');
    const answers = await Promise.all(
      [orderId, '00000000-0000-4000-8000-000000000000', 'nothing', 'x'.repeat(200)].flatMap((id) =>
        [{ reason: 'r' }, { reason: 7 }, {}].map(async (body) => {
          const { json, headers } = await client.post(`/v1/orders/${id}/cancellation`, body, { bearer: stranger });
          const { instance: _request, correlationId: _correlation, ...said } = json;
          return { said, headers: [...headers.keys()] };
        }),
      ),
    );
    expect(answers[0]?.said['code']).toBe('ORDER.NOT_FOUND');
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('is of who checked out: whoever opened the cart neither has it nor cancels it', async () => {
    const [mallory, ada] = [await harness.token('customer', 'mallory'), await harness.token('customer', 'ada')];
    const boughtBy = async (bearer?: string) => {
      const sku = await client.product();
      const opened = await client.post('/v1/carts', { currency: 'USD' }, { bearer: mallory });
      const cart = `/v1/carts/${String(expectStatus(opened, 201).json['cartId'])}`;
      expectStatus(await client.post(`${cart}/items`, { sku, quantity: 3 }), 200);
      const placed = await client.post(`${cart}/checkout`, checkoutBody(), { ...(bearer && { bearer }) });
      const { orderId, accessToken } = expectStatus(placed, 202).json;
      return { path: `/v1/orders/${String(orderId)}/cancellation`, accessToken: String(accessToken) };
    };
    const reason = { reason: 'mine' };
    const [hers, guests] = [await boughtBy(ada), await boughtBy()];
    for (const { path } of [hers, guests]) {
      expectProblem(await client.post(path, reason, { bearer: mallory }), 404, 'ORDER.NOT_FOUND');
    }
    expectStatus(await client.post(hers.path, reason, { bearer: ada }), 202);
    expectProblem(await client.post(guests.path, reason, { bearer: ada }), 404, 'ORDER.NOT_FOUND');
    expectStatus(await client.post(guests.path, reason, { bearer: guests.accessToken }), 202);
  });

  it('gives its accessToken no other rights', async () => {
    const bearer = order.accessToken;
    const refund = { amount: usd(1), reason: 'mine' };
    expectProblem(await client.post(`/v1/orders/${order.orderId}/refunds`, refund, { bearer }), 401, 'AUTH.REQUIRED');
    expectProblem(await client.post(`/v1/orders/${order.orderId}/shipments`, {}, { bearer }), 401, 'AUTH.REQUIRED');
  });
});
