import { positionOfNumber, type Position } from '../../infra/event-store/index.js';
import { ReadConsistency } from './read-consistency.js';
import { cartOpened, invalidField, itemAdded, ReadApi, refusalOf } from './test-support/index.js';

let api: ReadApi;
beforeAll(async () => {
  api = await ReadApi.start();
  api.record('cart-c', cartOpened('c')).record('cart-c', itemAdded('c', 'tea', { quantity: 1, amount: 5 }));
  await api.catchUp();
});
afterAll(() => api.close());

describe('a read with a Consistency-Token', () => {
  it('answers when the read model has reached it', async () => {
    const reply = await api.get('/v1/carts/c', { 'consistency-token': api.token(2) });
    expect([reply.status, reply.json['version']]).toEqual([200, 1]);
  });

  it('answers 503 with the lag and when to come back where the read model is behind', async () => {
    const reply = await api.get('/v1/carts/c', { 'consistency-token': api.token(3), prefer: 'wait=1' });
    expect(reply.json).toMatchObject({ status: 503, code: 'READ_MODEL.BEHIND', readModel: 'carts', lag: 7 });
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it.each([
    ['is malformed', 'not-a-token'],
    ['is of another log', '1'],
  ])('refuses one that %s', async (_, token) => {
    const text = token === '1' ? api.token(1, 'another-log') : token;
    const reply = await api.get('/v1/carts/c', { 'consistency-token': text });
    expect(refusalOf(reply)).toEqual(invalidField('Consistency-Token'));
  });

  it('is turned away before it waits where a credential is missing', async () => {
    for (const path of ['/v1/orders/1', '/v1/orders', '/v1/me/orders', '/v1/payments/1', '/v1/reports/sales?by=day']) {
      expect((await api.get(path, { 'consistency-token': api.token(9) })).status).toBe(401);
    }
  });
});

describe('the list of projections', () => {
  it('says of each read model how far it has come', async () => {
    const { items } = await api.as('support', '/v1/projections');
    const names = items.map((item) => item['name']).sort();
    expect(names).toEqual(['carts', 'order-history', 'orders', 'payments', 'products', 'sales', 'search', 'stock']);
    expect(items[0]).toMatchObject({ version: 1, position: '0000000000000002', lag: 7, parked: 0, state: 'live' });
    expect((await api.as('customer', '/v1/projections')).status).toBe(403);
  });
});

describe('a read without a Consistency-Token', () => {
  const LOG = { logId: 'a-log', head: () => Promise.resolve(positionOfNumber(7)) };

  it('waits for what was in the log before it, and for no longer than a moment', async () => {
    const waits: unknown[] = [];
    const progress = {
      waitFor: (model: string, position: Position, timeoutMs: number) => {
        waits.push([model, position, timeoutMs]);
        return Promise.resolve(false);
      },
      status: () => Promise.resolve([]),
    };
    await new ReadConsistency(LOG, progress).reached(['carts', 'stock'], {});
    expect(waits).toEqual([
      ['carts', positionOfNumber(7), 100],
      ['stock', positionOfNumber(7), 100],
    ]);
  });
});
