import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../domain/shared/index.js';
import type { EventMetadata } from '../../infra/event-store/index.js';
import type { ReadModelStore } from '../../infra/read-model-store/index.js';
import type { StockDocument } from '../../projections/inventory/index.js';
import type { OrderDocument } from '../../projections/order/index.js';
import { orderOpened, orderStory, startReadApi } from '../shared/test-support/index.js';
import type { RunningReadApi } from '../shared/test-support/index.js';
import { INVARIANTS, InvariantSweep, type InvariantName } from './index.js';

let api: RunningReadApi;
beforeEach(async () => (api = await startReadApi()));
afterEach(() => api.close());

const usd = (amount: number) => ({ amount, currency: 'USD' });
const HOUR_MS = 3_600_000;

async function tell(orderId: string, sku: string): Promise<void> {
  for (const { stream, event } of orderStory(orderId, sku)) await api.record(stream, event);
}

/** Somebody wrote to the log beside the engine. */
async function plant(
  stream: string,
  type: string,
  data: JsonObject,
  more: Partial<EventMetadata> = {},
): Promise<string> {
  const id = randomUUID();
  const metadata = { commandId: randomUUID(), correlationId: 'c', causationId: null, actor: 'admin:eve', ...more };
  const [event] = (await api.events.append(stream, [{ id, type, data, metadata }], 'any')).events;
  if (event === undefined) throw new Error('nothing was appended');
  await api.progress.waitFor('orders', event.position, 10_000);
  await api.progress.waitFor('stock', event.position, 10_000);
  return id;
}

/** Somebody wrote to the documents beside the engine. */
function altered(change: {
  order?: (doc: OrderDocument) => void;
  stock?: (doc: StockDocument) => void;
}): ReadModelStore {
  const { store } = api;
  return new Proxy(store, {
    get: (target, name) => {
      if (name !== 'get') return Reflect.get(target, name).bind(target);
      return async (collection: string, id: string) => {
        const found = await target.get<never>(collection, id);
        if (found !== undefined && collection === 'orders') change.order?.(found.doc);
        if (found !== undefined && collection === 'stock') change.stock?.(found.doc);
        return found;
      };
    },
  });
}

/** What is found in two passes: a pass sees each document here. */
async function found(store = api.store, now = Date.now()): Promise<ReadonlyMap<InvariantName, readonly string[]>> {
  const { events: log, progress } = api;
  const onError = (error: unknown): never => {
    throw error;
  };
  const sweep = new InvariantSweep({ log, store, progress, onError, now: () => now });
  await sweep.pass();
  const broken = sweep.list().items.filter(({ holds }) => !holds);
  for (const { name, violations } of broken) expect(sweep.counts().get(name)).toBe(violations.length);
  return new Map(broken.map(({ name, violations }) => [name, violations.map(({ resource }) => resource)]));
}

describe('the invariants', () => {
  it('hold of orders from their beginning to their end, over HTTP too', async () => {
    await tell('o1', 'tea');
    await tell('o2', 'pot');
    expect(await found()).toEqual(new Map());
    const { status, items } = await api.client.as('support', '/v1/health/invariants');
    expect(status).toBe(200);
    expect(items.map(({ name }) => name)).toEqual(INVARIANTS);
    expect(items).toMatchObject(INVARIANTS.map(() => ({ holds: true, violations: [] })));
    expect(Number(items[0]?.['checked'])).toBeGreaterThan(3);
    for (const role of ['customer', 'analyst'] as const)
      expect((await api.client.as(role, '/v1/health/invariants')).status).toBe(403);
  });

  it('of commands are broken by one that is applied twice', async () => {
    await tell('o1', 'tea');
    let commandId = '';
    for await (const { metadata } of api.events.read('order-o1', { limit: 1 })) ({ commandId } = metadata);
    await plant('order-o1', 'order.note-added.v1', { orderId: 'o1', noteId: 'n' }, { commandId });
    expect(await found()).toEqual(new Map([['commands', ['orders/o1']]]));
  });

  it('of stock are broken by units that are sold twice, and by what is read otherwise', async () => {
    await tell('o1', 'tea');
    expect(await found(altered({ stock: (doc) => void (doc.reserved += 1) }))).toEqual(
      new Map([
        ['stock', ['inventory/tea']],
        ['read-models', ['inventory/tea']],
      ]),
    );
    const allocations = [{ location: 'default', quantity: 7 }];
    await plant('inventory-tea', 'inventory.reserved.v1', { sku: 'tea', orderId: 'o9', allocations, available: 0 });
    expect((await found()).get('stock')).toContain('inventory/tea');
  });

  it.each<readonly [string, (doc: OrderDocument) => void]>([
    ['more is captured than authorised', ({ payment }) => void (payment && (payment.authorized = usd(1)))],
    ['more is refunded than captured', ({ payment }) => void (payment && (payment.refunded = usd(101)))],
    ['the total is another than its parts', (doc) => void (doc.totals = { ...doc.totals, total: usd(1) })],
    ['the lines are another sum', ({ lines: [line] }) => void (line && (line.lineTotal = usd(1)))],
    [
      'money is held for a dead order',
      (doc) => {
        doc.status = 'rejected';
        if (doc.payment !== null) doc.payment.status = 'authorized';
      },
    ],
  ])('of money are broken where %s', async (_, order) => {
    await tell('o1', 'tea');
    expect(await found(altered({ order }))).toEqual(
      new Map([
        ['money', ['orders/o1']],
        ['read-models', ['orders/o1']],
      ]),
    );
  });

  it('of checkouts are broken by one that does not end, and by stock that is held for one that has', async () => {
    await api.record('order-o1', orderOpened('o1', { skus: ['tea'] }));
    expect(await found()).toEqual(new Map());
    expect(await found(api.store, Date.now() + HOUR_MS)).toEqual(new Map([['checkouts', ['orders/o1']]]));
    await api.record('inventory-tea', {
      type: 'inventory.received.v1',
      data: { sku: 'tea', location: 'default', quantity: 2, available: 2 },
    });
    const allocations = [{ location: 'default', quantity: 1 }];
    await plant('inventory-tea', 'inventory.reserved.v1', { sku: 'tea', orderId: 'o1', allocations, available: 1 });
    await plant('order-o1', 'order.rejected.v1', { orderId: 'o1', code: 'PAYMENT.DECLINED', detail: 'No.' });
    expect(await found()).toEqual(new Map([['checkouts', ['orders/o1']]]));
  });

  it('of read models are broken by a document that is not what the log folds to', async () => {
    await tell('o1', 'tea');
    const order = (doc: OrderDocument): void => void (doc.shippingMethod = 'by pigeon');
    expect(await found(altered({ order }))).toEqual(new Map([['read-models', ['orders/o1']]]));
  });

  it('of causation are broken by an event that nobody caused, or that comes of none of the log', async () => {
    await tell('o1', 'tea');
    const note = { orderId: 'o1', noteId: 'n' };
    const id = await plant('order-o1', 'order.note-added.v1', note, { causationId: randomUUID() });
    expect(await found()).toEqual(new Map([['causation', ['orders/o1']]]));
    const { items } = await api.client.as('admin', '/v1/health/invariants');
    expect(items.find(({ name }) => name === 'causation')).toMatchObject({
      holds: false,
      violations: [{ resource: 'orders/o1', eventIds: [id] }],
    });
  });
});
