import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, MODULE_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { StoreUnavailableError } from '../../infra/shared/store-errors.js';
import { type Position, positionOfNumber } from '../../infra/shared/position.js';
import { writeToken } from '../../infra/http/index.js';
import { readModels } from '../../projections/index.js';
import { ReadApiModule } from '../read-api.module.js';
import { ReadConsistency } from './reads.js';
import { cartOpened, invalidField, itemAdded, productCreated, ReadApi, refusalOf } from './test-support/index.js';

const metadata = <Value>(key: string, of: object): Value => Reflect.getMetadata(key, of) as Value;

/** A path of every route that reads, its parameters being some text. */
function everyPath(): string[] {
  const controllers = metadata<readonly { readonly prototype: object }[]>(MODULE_METADATA.CONTROLLERS, ReadApiModule);
  return controllers.flatMap(({ prototype }) => {
    const base = metadata<string>(PATH_METADATA, prototype.constructor);
    const methods = Object.values(Object.getOwnPropertyDescriptors(prototype)).map(({ value }) => value as object);
    return (
      methods
        .filter((method) => method !== prototype.constructor && Reflect.hasMetadata(PATH_METADATA, method))
        // What is asked by a body is no read that a token could wait for.
        .filter((method) => metadata<RequestMethod>(METHOD_METADATA, method) === RequestMethod.GET)
        .map((method) =>
          `/${base}/${metadata<string>(PATH_METADATA, method)}`.replace(/:\w+/g, 'x').replace(/\/+$/, ''),
        )
    );
  });
}

let api: ReadApi;
beforeAll(async () => {
  api = await ReadApi.start();
  api
    .record('cart-c', cartOpened('c'))
    .record('cart-c', itemAdded('c', 'tea', { quantity: 1, amount: 5 }))
    .record('product-p-tea', productCreated('tea'));
  await api.catchUp();
});
afterAll(() => api.close());

describe('a read with a Consistency-Token', () => {
  it('answers when the read model has reached it', async () => {
    const reply = await api.get('/v1/products/tea', { 'consistency-token': api.token(3) });
    expect([reply.status, reply.headers.get('etag')]).toEqual([200, '"0"']);
  });

  it('answers 503 with the lag and when to come back where the read model is behind', async () => {
    const reply = await api.get('/v1/products/tea', { 'consistency-token': api.token(4), prefer: 'wait=1' });
    expect(reply.json).toMatchObject({ status: 503, code: 'READ_MODEL.BEHIND', readModel: 'products', lag: 7 });
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('of a stream answers as soon as the log has reached it, wherever the read models are', async () => {
    const reply = await api.get('/v1/carts/c', { 'consistency-token': api.token(10) });
    expect([reply.status, reply.json['version']]).toEqual([200, 1]);
    const early = await api.get('/v1/carts/c', { 'consistency-token': api.token(11), prefer: 'wait=0' });
    expect(early.json).toMatchObject({ status: 503, code: 'READ_MODEL.BEHIND', lag: 1 });
  });

  it.each([
    ['is malformed', 'not-a-token'],
    ['is of another log', '1'],
  ])('refuses one that %s', async (_, token) => {
    const text = token === '1' ? api.token(1, 'another-log') : token;
    const reply = await api.get('/v1/carts/c', { 'consistency-token': text });
    expect(refusalOf(reply)).toEqual(invalidField('Consistency-Token'));
  });

  it('refuses a broken one on every route', async () => {
    const paths = everyPath();
    expect(paths.length).toBeGreaterThanOrEqual(15);
    const headers = { ...(await api.bearer('admin')), 'consistency-token': 'not-a-token' };
    for (const path of paths) {
      expect({ path, ...refusalOf(await api.get(path, headers)) }).toEqual({
        path,
        ...invalidField('Consistency-Token'),
      });
    }
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
    expect(names).toEqual([...readModels.map(({ name }) => name), 'search'].sort());
    const history = items.find((item) => item['name'] === 'order-history');
    expect(history).toMatchObject({ version: 1, position: '0000000000000003', lag: 7, parked: 0, state: 'live' });
    expect(history).toMatchObject({ build: 0, complete: true });
    expect((await api.as('customer', '/v1/projections')).status).toBe(403);
  });
});

describe('a read of the log with a Consistency-Token', () => {
  const [tail, next] = [positionOfNumber(7), positionOfNumber(8)];
  const headers = (position: Position, wait: number) => ({
    'consistency-token': writeToken('a-log', position),
    prefer: `wait=${wait}`,
  });
  const noModel = () => Promise.reject(new Error('no read model'));
  const progress = { waitFor: noModel, look: noModel, status: noModel };
  const reading = (head: () => Position | null) =>
    new ReadConsistency({ logId: 'a-log', head: () => Promise.resolve(head()) }, progress);

  it('waits until the log, as it is seen here, has come that far', async () => {
    const heads = [null, tail, tail, next];
    await reading(() => heads.shift() ?? null).logReached(headers(next, 5));
    expect(heads).toEqual([]);
  });

  it('answers 503 with the lag where it has not', async () => {
    const early = { code: 'READ_MODEL.BEHIND', extra: { lag: 1 }, headers: { 'retry-after': '1' } };
    await expect(reading(() => tail).logReached(headers(next, 0))).rejects.toMatchObject(early);
  });

  it('of another log is refused, and without one nothing is asked', async () => {
    const asking = reading(() => {
      throw new Error('asked');
    });
    await expect(asking.logReached({ 'consistency-token': writeToken('another', tail) })).rejects.toMatchObject({
      code: 'REQUEST.INVALID',
    });
    await asking.logReached({});
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
      look: () => Promise.resolve(undefined),
      status: () => Promise.resolve([]),
    };
    await new ReadConsistency(LOG, progress).reached(['carts', 'stock'], {});
    expect(waits).toEqual([
      ['carts', positionOfNumber(7), 100],
      ['stock', positionOfNumber(7), 100],
    ]);
  });

  it.each<[string, () => Promise<Position | null>]>([
    ['does not answer', () => new Promise(() => {})],
    ['is away', () => Promise.reject(new StoreUnavailableError('away'))],
  ])('shows what there is where the log %s', async (_, head) => {
    const look = { name: 'carts', version: 1, build: 0, position: positionOfNumber(3), parked: 0 };
    const reading = (complete: boolean) =>
      new ReadConsistency(
        { logId: 'a-log', head },
        {
          waitFor: () => Promise.resolve(true),
          look: () => Promise.resolve({ ...look, complete }),
          status: () => Promise.resolve([]),
        },
      );
    await expect(reading(true).reached(['carts'], {})).resolves.toBe('unknown');
    const unknown = { code: 'READ_MODEL.BEHIND', extra: { readModel: 'carts', lag: null } };
    await expect(reading(false).reached(['carts'], {})).rejects.toMatchObject(unknown);
  });
});

describe('a read of a model that has never caught up', () => {
  const [half, tail] = [positionOfNumber(3), positionOfNumber(7)];
  const log = { logId: 'a-log', head: () => Promise.resolve(tail) };
  const reading = (position: Position, complete: boolean) => {
    const model = { version: 1, build: 0, position, parked: 0, state: 'catching-up', complete } as const;
    return new ReadConsistency(log, {
      waitFor: (_, wanted) => Promise.resolve(wanted <= position),
      look: (name) => Promise.resolve({ name, ...model }),
      status: () => Promise.reject(new Error('asked for all of them')),
    });
  };
  const behind = { code: 'READ_MODEL.BEHIND', extra: { readModel: 'carts', lag: 4 }, headers: { 'retry-after': '1' } };

  it.each([
    ['without a token', {}],
    ['with a token of long ago', { 'consistency-token': writeToken('a-log', positionOfNumber(2)) }],
    ['with a token of the beginning', { 'consistency-token': writeToken('a-log', null) }],
  ])('is refused %s: half would pass for the whole', async (_, headers) => {
    await expect(reading(half, false).reached(['carts'], headers)).rejects.toMatchObject(behind);
    await reading(half, true).reached(['carts'], headers);
    await reading(tail, false).reached(['carts'], headers);
  });
});
