import { SearchIndexUnavailableError, type SearchIndex } from '../../infra/search-index/index.js';
import { openTemporarySearchIndex, type TemporarySearchIndex } from '../../infra/search-index/test-support/index.js';
import { createPolledProgress, requestRebuild } from '../../infra/engine/projections/index.js';
import {
  eventually,
  openRunnerBench,
  ScriptedLog,
  type RunnerBench,
} from '../../infra/engine/projections/test-support/index.js';
import { productsReadModel } from '../catalog/index.js';
import { positionOfNumber } from '../../infra/shared/position.js';
import { searchReadModel, searchSink, debouncedSubscription } from './index.js';

const price = (amount: number) => ({ amount, currency: 'USD' });
const created = (sku: string, name: string) => ({
  stream: `product-${sku}`,
  type: 'product.created.v1',
  data: {
    productId: `p-${sku}`,
    name,
    categories: ['Bath'],
    attributes: {},
    variants: [{ sku, prices: [price(100)], taxClass: 'standard' }],
  },
});
const received = (sku: string, quantity: number, available = quantity) => ({
  stream: `inventory-${sku}`,
  type: 'inventory.received.v1',
  data: { sku, location: 'default', quantity, available },
});
const named = (sku: string, name: string) => ({
  stream: `product-${sku}`,
  type: 'product.details-changed.v1',
  data: { productId: `p-${sku}`, skus: [sku], name },
});

/** Cannot be applied. */
const unpriced = (sku: string) => ({
  stream: `variant-${sku}`,
  type: 'variant.prices-changed.v1',
  data: { productId: `p-${sku}`, sku, was: null, prices: null },
});

describe('the search index behind the projection runner', () => {
  let bench: RunnerBench;
  let temporary: TemporarySearchIndex;
  beforeEach(async () => {
    bench = await openRunnerBench();
    temporary = await openTemporarySearchIndex();
  });
  afterEach(async () => {
    await bench.close();
    await temporary.dispose();
  });

  const following = (eventStore: ScriptedLog, index: SearchIndex = temporary.index) =>
    bench.run({ eventStore, readModelStore: searchSink(bench.store, index), models: [searchReadModel] });
  const found = async (words: string) =>
    (await temporary.index.search({ words, filter: {}, sort: 'relevance', limit: 20 })).hits.map(
      ({ document }) => document,
    );

  it('lists its documents by the products, page by page, those left out that it does not have', async () => {
    const log = new ScriptedLog(() => 2);
    for (const sku of ['a', 'b', 'd', 'e']) log.add(created(sku, `Soap ${sku}`));
    const models = [productsReadModel];
    await (await bench.run({ eventStore: log, readModelStore: bench.store, models })).caughtUp();
    await (await following(log)).caughtUp();
    await temporary.index.apply({ version: searchReadModel.version, build: 0 }, [
      { sku: 'b', position: positionOfNumber(99), document: null },
    ]);
    const sink = searchSink(bench.store, temporary.index);
    const ids = async (after: string) =>
      (await sink.scan(searchReadModel.name, { after, limit: 2 })).map(({ id }) => id);
    expect([await ids(''), await ids('d'), await ids('e')]).toEqual([['a', 'd'], ['e'], []]);
  });

  it('finds what was created, with its name, price and stock of now', async () => {
    const log = new ScriptedLog(() => 2);
    log.add(created('a', 'Soap'), received('a', 5), created('b', 'Towel'), named('b', 'Bath soap'));
    const runner = await following(log);
    await runner.caughtUp();
    log.add({
      stream: 'variant-a',
      type: 'variant.prices-changed.v1',
      data: { productId: 'p-a', sku: 'a', was: [price(100)], prices: [price(7)] },
    });
    await runner.caughtUp();
    expect(await found('soap')).toMatchObject([
      { sku: 'a', price: price(7), inStock: true },
      { sku: 'b', name: 'Bath soap', inStock: false },
    ]);
    expect(await found('towel')).toEqual([]);
  });

  it('goes on after a restart, and folds nothing twice', async () => {
    const log = new ScriptedLog();
    log.add(created('a', 'Soap'), named('a', 'Bath soap'));
    const first = await following(log);
    await first.caughtUp();
    await first.close();
    log.add(named('a', 'Hand soap'));
    await (await following(log)).caughtUp();
    expect(await found('soap')).toMatchObject([{ name: 'Hand soap', version: 2 }]);
  });

  it('is rebuilt beside what is searched, and swapped', async () => {
    const log = new ScriptedLog();
    log.add(created('a', 'Soap'));
    const first = await following(log);
    await first.caughtUp();
    await first.close();
    await requestRebuild(searchSink(bench.store, temporary.index), searchReadModel);
    expect(await temporary.index.builds()).toHaveLength(2);
    log.add(created('b', 'Soap'));
    await (await following(log)).caughtUp();
    await eventually(async () => (await temporary.index.builds()).length === 1);
    expect(await temporary.index.builds()).toMatchObject([{ version: searchReadModel.version, build: 1, live: true }]);
    expect(await found('soap')).toHaveLength(2);
  });

  it('catches up after a failure of the index', async () => {
    const log = new ScriptedLog();
    let failures = 0;
    const failing: SearchIndex = {
      ...delegate(temporary.index),
      apply: async (build, writes, move) => {
        failures += 1;
        if (failures < 3) throw new SearchIndexUnavailableError('away');
        return temporary.index.apply(build, writes, move);
      },
    };
    const runner = await following(log, failing);
    log.add(created('a', 'Soap'));
    await runner.caughtUp();
    expect(failures).toBeGreaterThan(2);
    expect(await found('soap')).toHaveLength(1);
    expect(bench.stops).toEqual([]);
  });

  it('takes what comes in a burst in few commits', async () => {
    const log = new ScriptedLog();
    let commits = 0;
    const counted: SearchIndex = {
      ...delegate(temporary.index),
      apply: (build, writes, move) => {
        if (writes.length > 0) commits += 1;
        return temporary.index.apply(build, writes, move);
      },
    };
    const runner = await bench.run({
      eventStore: debouncedSubscription(log),
      readModelStore: searchSink(bench.store, counted),
      models: [searchReadModel],
    });
    await runner.caughtUp();
    for (let n = 0; n < 20; n += 1) {
      log.add(created(`soap-${n}`, 'Soap'));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await runner.caughtUp();
    expect(await found('soap')).toHaveLength(20);
    expect(commits).toBeLessThan(10);
  });

  it('is half again where it was deleted and its builder was killed, whatever the read model store knew of it', async () => {
    const log = new ScriptedLog(() => 1);
    log.add(created('a', 'Soap'), created('b', 'Soap'));
    const first = await following(log);
    await first.caughtUp();
    await first.close();
    await temporary.dispose();
    temporary = await openTemporarySearchIndex();
    let applied = 0;
    await following(log, {
      ...delegate(temporary.index),
      apply: (...args) => {
        applied += 1;
        return applied === 1 ? temporary.index.apply(...args) : Promise.reject(new Error('the process died'));
      },
    });
    await eventually(() => bench.stops.length > 0);
    const readModelStore = searchSink(bench.store, temporary.index);
    const models = [searchReadModel.name];
    const seen = createPolledProgress({ readModelStore, models, head: () => log.head() });
    expect(await seen.look('search')).toMatchObject({ position: positionOfNumber(1), complete: false });
    await (await following(log)).caughtUp();
    expect(await seen.look('search')).toMatchObject({ position: positionOfNumber(2), complete: true });
    expect(await found('soap')).toHaveLength(2);
  });

  it('parks a product that cannot be folded, and follows the others', async () => {
    const log = new ScriptedLog();
    log.add(received('ghost', 1), created('a', 'Soap'));
    const runner = await following(log);
    await runner.caughtUp();
    expect(await runner.progress.status()).toMatchObject([{ name: 'search', parked: 1 }]);
    expect(await found('soap')).toHaveLength(1);
  });

  it('knows what is parked also behind a read model store that was made anew', async () => {
    const log = new ScriptedLog(() => 2);
    log.add(created('a', 'Soap'), received('a', 5), unpriced('a'), created('b', 'Towel'));
    const first = await following(log);
    await first.caughtUp();
    await first.close();
    const anew = await openRunnerBench();
    try {
      const readModelStore = searchSink(anew.store, temporary.index);
      log.add(received('a', 2, 7), received('b', 1));
      const runner = await anew.run({ eventStore: log, readModelStore, models: [searchReadModel] });
      await runner.caughtUp();
      expect(await runner.progress.status()).toMatchObject([{ name: 'search', parked: 1, lag: 0 }]);
      expect([await found('soap'), await found('towel')]).toMatchObject([[{ inStock: true }], [{ inStock: true }]]);
    } finally {
      await anew.close();
    }
  });

  it('begins the log again for a read model store that does not know it, and for no other', async () => {
    const log = new ScriptedLog();
    const moves: unknown[] = [];
    const watched: SearchIndex = {
      ...delegate(temporary.index),
      apply: (build, writes, move) => {
        if (move?.next === null) moves.push(move.expected?.position);
        return temporary.index.apply(build, writes, move);
      },
    };
    const position = log.add(created('a', 'Soap'));
    for (let starts = 0; starts < 2; starts += 1) {
      const runner = await following(log, watched);
      await runner.caughtUp();
      await runner.close();
    }
    expect(moves).toEqual([]);
    const anew = await openRunnerBench();
    await searchSink(anew.store, watched).ensure(searchReadModel);
    await searchSink(anew.store, watched).ensure(searchReadModel);
    await anew.close();
    expect(moves).toEqual([position]);
  });

  it('shows its progress to other processes', async () => {
    const log = new ScriptedLog();
    const position = log.add(created('a', 'Soap'));
    await following(log);
    const readModelStore = searchSink(bench.store, await temporary.connect());
    const progress = createPolledProgress({ readModelStore, models: [searchReadModel.name], head: () => log.head() });
    expect(await progress.waitFor('search', position, 5_000)).toBe(true);
    expect(await progress.status()).toMatchObject([{ name: 'search', position, lag: 0, parked: 0 }]);
  });
});

/** Methods of an instance, to be replaced one by one. */
const delegate = (index: SearchIndex): SearchIndex => ({
  ensure: (build) => index.ensure(build),
  promote: (build) => index.promote(build),
  builds: () => index.builds(),
  load: (build, skus) => index.load(build, skus),
  apply: (build, writes, move) => index.apply(build, writes, move),
  checkpoint: () => index.checkpoint(),
  search: (query) => index.search(query),
  suggest: (words, limit) => index.suggest(words, limit),
  ping: () => index.ping(),
  close: () => index.close(),
});
