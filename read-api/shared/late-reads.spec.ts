import { randomUUID } from 'node:crypto';
import type { DomainEvent, JsonObject } from '../../domain/shared/index.js';
import { deriveId } from '../../infra/shared/derive-id.js';
import { StoreUnavailableError } from '../../infra/shared/store-errors.js';
import type { EventStore } from '../../infra/event-store/index.js';
import { openTemporaryEventStore } from '../../infra/event-store/test-support/open-temporary-event-store.js';
import { openTemporaryReadModelStore } from '../../infra/read-model-store/test-support/index.js';
import { openTemporarySearchIndex } from '../../infra/search-index/test-support/index.js';
import { orderStory, ReadClient } from './test-support/index.js';

/** The read API on a log whose events no read model has, though each has caught up once. */
async function lateReadApi(changed?: Partial<Pick<EventStore, 'head' | 'read'>>) {
  const [log, read, search] = await Promise.all([
    openTemporaryEventStore(),
    openTemporaryReadModelStore(),
    openTemporarySearchIndex(),
  ]);
  const late = { version: 1, build: 0, position: null, parked: 0, complete: true } as const;
  const progress = {
    waitFor: () => Promise.resolve(false),
    look: (name: string) => Promise.resolve({ name, ...late }),
    status: () => Promise.resolve([]),
  };
  const store: EventStore = changed === undefined ? log.store : Object.assign(Object.create(log.store), changed);
  const client = await ReadClient.over({ events: store, store: read.store, search: search.index, progress });
  const record = async (stream: string, { type, data }: DomainEvent): Promise<void> => {
    const commandId = randomUUID();
    const metadata = { commandId, correlationId: commandId, causationId: null, actor: 'anonymous' };
    const event = { id: deriveId(commandId, '0'), type, data: data as JsonObject, metadata };
    await log.store.append(stream, [event], 'any');
  };
  const close = async (): Promise<void> => {
    await client.close();
    await read.close();
    await search.dispose();
    await log.cleanup();
  };
  return { client, record, close };
}

type LateReadApi = Awaited<ReturnType<typeof lateReadApi>>;

async function withStory(api: LateReadApi): Promise<void> {
  for (const { stream, event } of orderStory('told', 'tea')) await api.record(stream, event);
}

const statusOf = async (api: LateReadApi, path: string): Promise<readonly [number, unknown]> => {
  const { status, json } = await api.client.as('support', path);
  return [status, json['code']];
};

describe('a read without a Consistency-Token of what the read models do not show yet', () => {
  let api: LateReadApi;
  beforeAll(async () => {
    api = await lateReadApi();
    await withStory(api);
  });
  afterAll(() => api.close());

  it('answers an order, its cart and its payment as their streams have them', async () => {
    const order = await api.client.as('support', '/v1/orders/told');
    const asOf = await api.client.as('support', '/v1/orders/told?asOf=2100-01-01T00:00:00Z');
    expect([order.status, order.json]).toEqual([200, asOf.json]);
    expect((await statusOf(api, '/v1/carts/c-told'))[0]).toBe(200);
    const { paymentId } = order.json['payment'] as { readonly paymentId: string };
    expect((await statusOf(api, `/v1/payments/${paymentId}`))[0]).toBe(200);
  });

  it.each(['/v1/products/tea', '/v1/inventory/tea', '/v1/orders/told/history'])(
    'never says that %s is not there',
    async (path) => {
      expect(await statusOf(api, path)).toEqual([503, 'READ_MODEL.BEHIND']);
    },
  );

  it.each(['orders', 'carts', 'payments'])(
    'says of %s that are not in the log that they are not there',
    async (kind) => {
      expect((await statusOf(api, `/v1/${kind}/nobody`))[0]).toBe(404);
    },
  );

  it('tells nobody else of an order', async () => {
    expect((await api.client.as('customer', '/v1/orders/told')).status).toBe(404);
  });
});

describe('a read without a Consistency-Token while the log does not answer', () => {
  let api: LateReadApi;
  beforeAll(async () => (api = await lateReadApi({ head: () => new Promise(() => {}) })));
  afterAll(() => api.close());

  it.each(['/v1/orders/x', '/v1/products/x', '/v1/inventory/x'])('never says that %s is not there', async (path) => {
    expect(await statusOf(api, path)).toEqual([503, 'READ_MODEL.BEHIND']);
  });
});

describe('a read of one stream while the log is away', () => {
  let api: LateReadApi;
  const read = () => {
    throw new StoreUnavailableError('away');
  };
  beforeAll(async () => (api = await lateReadApi({ read })));
  afterAll(() => api.close());

  it.each(['/v1/payments/x', '/v1/carts/x', '/v1/carts/x?asOf=0', '/v1/carts/x/quote?country=US'])(
    'never says that %s is not there',
    async (path) => {
      expect((await statusOf(api, path))[0]).toBe(503);
    },
  );
});
