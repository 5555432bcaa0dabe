import { SearchIndexUnavailableError, type SearchIndex } from '../../infra/search-index/index.js';
import { openTemporarySearchIndex, type TemporarySearchIndex } from '../../infra/search-index/test-support/index.js';
import { createPolledProgress, requestRebuild } from '../runner/index.js';
import { eventually, openRunnerBench, ScriptedLog, type RunnerBench } from '../runner/test-support/index.js';
import { productsReadModel } from '../catalog/index.js';
import { positionOfNumber } from '../../infra/event-store/index.js';
import { searchReadModel, searchSink, unhurriedEvents } from './index.js';

const price = (amount: number) => ({ amount, currency: 'USD' });
const created = (sku: string, name: string) => ({
  stream: `product-${sku}`,
  type: 'product.created.v1',
  data: {
    productId: `p-${sku}`,
    sku,
    name,
    categories: ['Bath'],
    attributes: {},
    taxClass: 'standard',
    price: price(100),
  },
});
const received = (sku: string, quantity: number) => ({
  stream: `inventory-${sku}`,
  type: 'inventory.received.v1',
  data: { sku, location: 'default', quantity },
});
const named = (sku: string, name: string) => ({
  stream: `product-${sku}`,
  type: 'product.details-changed.v1',
  data: { sku, name },
});

/** Cannot be applied. */
const unreservable = (sku: string) => ({
  stream: `inventory-${sku}`,
  type: 'inventory.reserved.v1',
  data: { sku, orderId: 'o', allocations: null },
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
    bench.run({ eventStore, readStore: searchSink(bench.store, index), models: [searchReadModel] });
  const found = async (words: string) =>
    (await temporary.index.search({ words, filter: {}, sort: 'relevance', limit: 20 })).hits.map(
      ({ document }) => document,
    );

  it('lists its documents by the products, page by page, those left out that it does not have', async () => {
    const log = new ScriptedLog(() => 2);
    for (const sku of ['a', 'b', 'd', 'e']) log.add(created(sku, `Soap ${sku}`));
    const models = [productsReadModel];
    await (await bench.run({ eventStore: log, readStore: bench.store, models })).caughtUp();
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
      stream: 'product-a',
      type: 'product.price-changed.v1',
      data: { sku: 'a', was: price(100), price: price(7) },
    });
    await runner.caughtUp();
    expect(await found('soap')).toMatchObject([
      { sku: 'a', price: price(7), available: 5 },
      { sku: 'b', name: 'Bath soap', available: 0 },
    ]);
    expect(await found('towel')).toEqual([]);
  });

  it('goes on after a restart, and folds nothing twice', async () => {
    const log = new ScriptedLog();
    log.add(created('a', 'Soap'), received('a', 5));
    const first = await following(log);
    await first.caughtUp();
    await first.close();
    log.add(received('a', 2));
    await (await following(log)).caughtUp();
    expect(await found('soap')).toMatchObject([{ available: 7 }]);
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
      eventStore: unhurriedEvents(log),
      readStore: searchSink(bench.store, counted),
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

  it('is half again where it was deleted and its builder was killed, whatever the read store knew of it', async () => {
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
    const readStore = searchSink(bench.store, temporary.index);
    const models = [searchReadModel.name];
    const seen = createPolledProgress({ readStore, models, head: () => log.head() });
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

  it('knows what is parked also behind a read store that was made anew', async () => {
    const log = new ScriptedLog(() => 2);
    log.add(created('a', 'Soap'), received('a', 5), unreservable('a'), created('b', 'Towel'));
    const first = await following(log);
    await first.caughtUp();
    await first.close();
    const anew = await openRunnerBench();
    try {
      const readStore = searchSink(anew.store, temporary.index);
      log.add(received('a', 2), received('b', 1));
      const runner = await anew.run({ eventStore: log, readStore, models: [searchReadModel] });
      await runner.caughtUp();
      expect(await runner.progress.status()).toMatchObject([{ name: 'search', parked: 1, lag: 0 }]);
      expect([await found('soap'), await found('towel')]).toMatchObject([[{ available: 5 }], [{ available: 1 }]]);
    } finally {
      await anew.close();
    }
  });

  it('begins the log again for a read store that does not know it, and for no other', async () => {
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
    const readStore = searchSink(bench.store, await temporary.connect());
    const progress = createPolledProgress({ readStore, models: [searchReadModel.name], head: () => log.head() });
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
