import { createProgressFeed } from '../../engine/projections/index.js';
import type { ProjectionProgress, ProjectionStatus } from '../../engine/projections/progress.js';
import { readinessOf } from '../../http/ops/readiness.js';
import { positionOfNumber } from '../../shared/position.js';
import { followedCheck, JoinedProgress, SwitchedProgress } from './progress.js';

const statusOf = (name: string): ProjectionStatus => ({
  name,
  version: 1,
  build: 0,
  position: positionOfNumber(7),
  parked: 0,
  state: 'live',
  complete: true,
  lag: 0,
});

const progressOf = (name: string): ProjectionProgress => ({
  waitFor: async (model) => model === name,
  look: async (model) => (model === name ? statusOf(name) : undefined),
  status: async () => [statusOf(name)],
});

const away = (status: () => Promise<never>): ProjectionProgress => ({
  waitFor: async () => false,
  look: status,
  status,
});

describe('progress of the read models and of the search index', () => {
  const readModels = progressOf('orders');
  const joined = (search: ProjectionProgress) =>
    new JoinedProgress({ readModels, search, searchModel: 'search', patienceMs: 20 });
  const namesOf = async (search: ProjectionProgress) => (await joined(search).status()).map(({ name }) => name);

  test('tells of both, and each is waited for where it is known', async () => {
    const search = progressOf('search');
    expect(await namesOf(search)).toEqual(['orders', 'search']);
    expect(await joined(search).waitFor('search', positionOfNumber(7), 1)).toBe(true);
    expect(await joined(search).waitFor('orders', positionOfNumber(7), 1)).toBe(true);
    expect(await joined(search).look('search')).toMatchObject({ name: 'search' });
    expect(await joined(search).look('orders')).toMatchObject({ name: 'orders' });
  });

  test('goes on without the index while that refuses or says nothing', async () => {
    expect(await namesOf(away(() => Promise.reject(new Error('away'))))).toEqual(['orders']);
    expect(await namesOf(away(() => new Promise(() => {})))).toEqual(['orders']);
    const silent = joined(away(() => new Promise(() => {})));
    expect(await silent.waitFor('orders', positionOfNumber(7), 1)).toBe(true);
    expect(await silent.look('search')).toBeUndefined();
  });

  test('does not hide that the read model store is away', async () => {
    const broken = new JoinedProgress({
      readModels: away(() => Promise.reject(new Error('no read store'))),
      search: progressOf('search'),
      searchModel: 'search',
    });
    await expect(broken.status()).rejects.toThrow('no read store');
  });
});

const head = async () => positionOfNumber(9);
const at = (position: number) => ({
  models: [
    {
      name: 'orders',
      version: 1,
      build: 0,
      position: positionOfNumber(position),
      parked: 0,
      state: 'live' as const,
      complete: true,
    },
  ],
});

describe('progress from one source or the other', () => {
  it('is waited for at the source that took over meanwhile', async () => {
    const [first, second] = [createProgressFeed(head), createProgressFeed(head)];
    const progress = new SwitchedProgress(first);
    const wait = progress.waitFor('orders', positionOfNumber(5), 20_000);
    progress.use(second);
    second.update(at(5));
    expect(await wait).toBe(true);
    expect(await progress.status()).toMatchObject([{ name: 'orders', lag: 4 }]);
  });

  it('is waited for no longer than asked, however often the source changes', async () => {
    const [first, second] = [createProgressFeed(head), createProgressFeed(head)];
    const progress = new SwitchedProgress(first);
    const wait = progress.waitFor('orders', positionOfNumber(5), 30);
    for (const source of [second, first, second]) progress.use(source);
    first.update(at(5));
    expect(await wait).toBe(false);
  });
});

describe('readiness of the read models', () => {
  let status: ProjectionStatus;
  let time: number;
  beforeEach(() => {
    const [position, state] = [positionOfNumber(7), 'live'] as const;
    status = { name: 'orders', version: 1, build: 0, position, parked: 0, state, complete: true, lag: 0 };
    time = 0;
  });
  const progress = { status: async () => [status], look: async () => status, waitFor: async () => true };
  const check = followedCheck(progress, () => time);
  const result = async (): Promise<string | undefined> => (await readinessOf([check])).checks['read-models'];

  it.each([
    [
      'cannot be stored',
      { trouble: 'ReadModelStoreUnavailableError' },
      'orders cannot be stored: ReadModelStoreUnavailableError',
    ],
    ['is stopped', { state: 'stopped' }, 'orders is stopped'],
    ['is far behind', { lag: 60_000 }, 'orders is far behind'],
    ['is parked in part, which is for operators', { parked: 3 }, 'ok'],
    ['is built from nothing', { complete: false, lag: 3 }, 'orders is being built'],
    ['has nothing to be built from', { complete: false }, 'ok'],
    ['is a little behind', { lag: 40_000 }, 'ok'],
  ] as const)('says when one %s', async (_, change, expected) => {
    status = { ...status, ...change };
    expect(await result()).toBe(expected);
  });

  it('ends when one stands still with events to fold, and begins again when it goes on', async () => {
    status = { ...status, lag: 2 };
    expect(await result()).toBe('ok');
    time = 9_999;
    expect(await result()).toBe('ok');
    time = 10_000;
    expect(await result()).toBe('orders stands still');
    status = { ...status, position: positionOfNumber(8), lag: 1 };
    expect(await result()).toBe('ok');
    time = 20_000;
    expect(await result()).toBe('orders stands still');
    status = { ...status, lag: 0 };
    expect(await result()).toBe('ok');
  });

  it('goes on where nothing happens in the shop for long', async () => {
    expect(await result()).toBe('ok');
    time = 60_000;
    expect(await result()).toBe('ok');
    status = { ...status, lag: 1 };
    expect(await result()).toBe('ok');
  });
});
