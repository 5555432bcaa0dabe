import { ReadClient, refusalOf } from '../shared/test-support/index.js';
import {
  openTemporaryReadModelStore,
  type TemporaryReadModelStore,
} from '../../infra/read-model-store/test-support/index.js';
import { openTemporarySearchIndex, type TemporarySearchIndex } from '../../infra/search-index/test-support/index.js';
import { answerRetries, requestRetry } from '../../infra/engine/projections/retry-requests.js';
import { noteRebuild, openRebuilds } from '../../infra/engine/projections/rebuild-requests.js';
import type { ProjectionStatus } from '../../infra/engine/projections/progress.js';
import type { RetryOutcome } from '../../infra/engine/projections/index.js';
import { positionOfNumber } from '../../infra/shared/position.js';
import { ordersReadModel } from '../../projections/order/index.js';

const { name, version } = ordersReadModel;
const status: ProjectionStatus = {
  name,
  version,
  build: 0,
  position: positionOfNumber(3),
  parked: 2,
  state: 'live',
  complete: true,
  lag: 4,
};
const progress = {
  waitFor: () => Promise.resolve(true),
  look: () => Promise.resolve(status),
  status: () => Promise.resolve([status]),
};

let read: TemporaryReadModelStore;
let search: TemporarySearchIndex;
let client: ReadClient;
beforeAll(async () => {
  read = await openTemporaryReadModelStore();
  search = await openTemporarySearchIndex();
  const events = { logId: 'log', head: () => Promise.resolve(positionOfNumber(7)) };
  client = await ReadClient.over({ events, store: read.store, search: search.index, progress });
  await read.store.ensure(ordersReadModel);
});
afterAll(async () => {
  await client.close();
  await read.close();
  await search.dispose();
});

const PATH = '/v1/projections/orders';
const post = async (path: string, role: 'admin' | 'support' = 'admin') =>
  client.post(path, {}, await client.bearer(role));

describe('a read model', () => {
  it('is shown by its name', async () => {
    const { json } = await client.as('support', PATH);
    expect(json).toEqual(status);
    expect(refusalOf(await client.as('support', '/v1/projections/other'))).toMatchObject({
      code: 'READ_MODEL.NOT_FOUND',
    });
  });

  it('is mended by admin alone, and only where there is one', async () => {
    for (const path of ['/parked', '/rebuild'])
      expect(refusalOf(await client.as('support', `${PATH}${path}`))).toMatchObject({ status: 403 });
    for (const path of ['/rebuild', '/parked/k/retry']) {
      expect(refusalOf(await post(`${PATH}${path}`, 'support'))).toMatchObject({ status: 403 });
      expect(refusalOf(await post(`/v1/projections/other${path}`))).toMatchObject({ code: 'READ_MODEL.NOT_FOUND' });
    }
  });
});

describe('what is parked', () => {
  beforeAll(async () => {
    const { documents } = read.store;
    const projection = `${name}@${version}.0`;
    const puts = ['a', 'b/1', 'c'].map((key, at) => ({
      id: `${projection}/${key}`,
      doc: { projection, key, since: positionOfNumber(at + 1), error: 'Error: broken' },
    }));
    await documents.ensure({ name: 'parked-keys', indexes: [{ name: 'by-projection', fields: ['projection'] }] });
    await documents.put('parked-keys', puts);
  });

  it('is listed page by page', async () => {
    const items = await client.all('admin', `${PATH}/parked?limit=2`);
    expect(items.map(({ key, since }) => [key, since])).toEqual([
      ['a', positionOfNumber(1)],
      ['b/1', positionOfNumber(2)],
      ['c', positionOfNumber(3)],
    ]);
    expect(items[0]).toMatchObject({ error: 'Error: broken' });
  });

  it.each<[RetryOutcome, object]>([
    [
      { outcome: 'lifted', events: 2 },
      { outcome: 'applied', events: 2, reason: null },
    ],
    [
      { outcome: 'parked', reason: 'Error: still' },
      { outcome: 'parked', events: 0, reason: 'Error: still' },
    ],
    [{ outcome: 'not-parked' }, { code: 'READ_MODEL.NOT_PARKED' }],
  ])('is retried by the process that keeps the read model: %o', async (outcome, expected) => {
    const retried: string[] = [];
    await requestRetry(read.store, 'other', 'key');
    const keeping = setInterval(() => {
      const retry = (_: string, key: string) => Promise.resolve(retried.push(key)).then(() => outcome);
      void answerRetries(read.store, new Set([name]), retry);
    }, 5);
    const { json } = await post(`${PATH}/parked/b%2F1/retry`);
    clearInterval(keeping);
    expect(json).toMatchObject(expected);
    expect(retried[0]).toBe('b/1');
  });

  it('is said to wait where no process keeps the read models', async () => {
    const { status: answered, headers } = await post(`${PATH}/parked/a/retry`);
    expect([answered, headers.get('retry-after')]).toEqual([503, '5']);
  });
});

describe('a rebuild', () => {
  it('is asked for once, and told of until it is live', async () => {
    expect(refusalOf(await client.as('admin', `${PATH}/rebuild`))).toMatchObject({ code: 'READ_MODEL.NOT_REBUILT' });
    const asked = await post(`${PATH}/rebuild`);
    const running = { state: 'running', position: '', head: '', differing: 0, error: null };
    expect([asked.status, asked.json]).toEqual([202, running]);
    expect(refusalOf(await post(`${PATH}/rebuild`))).toMatchObject({ status: 409, code: 'READ_MODEL.REBUILDING' });

    const [request] = await openRebuilds(read.store);
    if (request === undefined) throw new Error('nothing was asked for');
    const at = positionOfNumber(7);
    const handedOver = { ...request, state: 'handed-over', position: at, head: at, differing: 2 } as const;
    await noteRebuild(read.store, { ...handedOver, build: [version, 1] });
    expect((await client.as('admin', `${PATH}/rebuild`)).json).toMatchObject({ state: 'comparing', position: at });
    await noteRebuild(read.store, { ...handedOver, build: [version, 0] });
    const { json } = await client.as('admin', `${PATH}/rebuild`);
    expect(json).toEqual({ state: 'differs', position: at, head: at, differing: 2, error: null });
    expect((await post(`${PATH}/rebuild`)).status).toBe(202);
  });
});
