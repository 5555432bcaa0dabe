import { type Position, positionOfNumber } from '../../shared/position.js';
import { createPolledProgress, createProgressFeed } from './index.js';
import {
  broken,
  eventually,
  ledgerModel,
  moved,
  openRunnerBench,
  ScriptedLog,
  unrelated,
  type RunnerBench,
} from './test-support/index.js';

const at = positionOfNumber;

describe('progress as a runner tells it', () => {
  const feed = () => createProgressFeed(async () => at(9));
  const model = (name: string, position: Position | null) =>
    ({ name, version: 1, build: 0, position, parked: 0, state: 'live', complete: true }) as const;

  it('ends a wait when its model is there, not before, and not for another model', async () => {
    const progress = feed();
    const settled: string[] = [];
    const wait = async (name: string, position: Position): Promise<void> => {
      settled.push(`${name} ${Number(position)} ${await progress.waitFor(name, position, 10_000)}`);
    };
    const waits = [wait('a', at(2)), wait('a', at(3)), wait('b', at(2))];
    progress.update({ models: [model('a', at(1)), model('b', null)] });
    await Promise.resolve();
    expect(settled).toEqual([]);
    progress.update({ models: [model('a', at(2)), model('b', at(1))] });
    await waits[0];
    expect(settled).toEqual(['a 2 true']);
    progress.update({ models: [model('a', at(7)), model('b', at(7))] });
    await Promise.all(waits);
    expect(settled).toHaveLength(3);
    expect(await progress.waitFor('a', at(7), 0)).toBe(true);
  });

  it('gives up in time, also on a model that it never heard of', async () => {
    const progress = feed();
    progress.update({ models: [model('a', at(1))] });
    expect(await progress.waitFor('a', at(2), 5)).toBe(false);
    expect(await progress.waitFor('none', at(1), 5)).toBe(false);
  });

  it('measures the lag against the head of the log', async () => {
    const progress = feed();
    progress.update({ models: [model('a', at(4)), model('b', null)] });
    expect(await progress.status()).toMatchObject([
      { name: 'a', lag: 5 },
      { name: 'b', lag: 9 },
    ]);
  });
});

describe('progress seen by checkpoints', () => {
  let bench: RunnerBench;
  let eventStore: ScriptedLog;
  beforeEach(async () => {
    bench = await openRunnerBench();
    eventStore = new ScriptedLog();
  });
  afterEach(() => bench.close());

  it('ends a wait when another process has folded the events', async () => {
    const readModelStore = await bench.temporary.open('read-only');
    const progress = createPolledProgress({ readModelStore, models: ['ledger'], head: () => eventStore.head() });
    const waits = [progress.waitFor('ledger', at(1), 5_000), progress.waitFor('ledger', at(2), 5_000)];
    await bench.run({ eventStore, models: [ledgerModel()] });
    eventStore.add(moved(1, 'a'), unrelated);
    expect(await Promise.all(waits)).toEqual([true, true]);
    expect((await readModelStore.get('ledger', 'a'))?.doc).toEqual({ balance: 1, entries: [1] });
    expect(await progress.waitFor('ledger', at(3), 5)).toBe(false);
  });

  it('asks the store only while somebody waits, once for all', async () => {
    let asked = 0;
    const collections = () => {
      asked += 1;
      return bench.store.collections();
    };
    const readModelStore = Object.assign(Object.create(bench.store) as typeof bench.store, { collections });
    const progress = createPolledProgress({ readModelStore, models: ['ledger'], head: () => eventStore.head() });
    await Promise.all(Array.from({ length: 50 }, () => progress.waitFor('ledger', at(1), 60)));
    expect(asked).toBeGreaterThan(1);
    expect(asked).toBeLessThan(20);
    const before = asked;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(asked - before).toBeLessThanOrEqual(1);
  });

  it('counts what was made from another log as nothing', async () => {
    const runner = await bench.run({ eventStore, models: [ledgerModel()] });
    eventStore.add(moved(1, 'a'));
    await runner.caughtUp();
    await runner.close();
    const polled = { readModelStore: bench.store, models: ['ledger'], head: () => eventStore.head() };
    const ours = createPolledProgress({ ...polled, logId: 'log' });
    const foreign = createPolledProgress({ ...polled, logId: 'another log' });
    expect(await ours.waitFor('ledger', at(1), 5)).toBe(true);
    expect(await foreign.waitFor('ledger', at(1), 5)).toBe(false);
    expect(await foreign.status()).toMatchObject([{ position: null, lag: 1, complete: false }]);
  });

  it('is looked at again as soon as a model has moved', async () => {
    const runner = await bench.run({ eventStore, models: [ledgerModel()] });
    const first = eventStore.add(moved(1, 'a'));
    await runner.caughtUp();
    const progress = createPolledProgress({
      readModelStore: bench.store,
      models: ['ledger'],
      head: () => eventStore.head(),
    });
    await progress.waitFor('ledger', first, 5_000);
    expect(await progress.look('ledger')).toMatchObject({ position: first, parked: 0 });
    const second = eventStore.add(broken('a'));
    await progress.waitFor('ledger', second, 5_000);
    expect(await progress.look('ledger')).toMatchObject({ position: second, parked: 1 });
  });

  it('tells the state of every model', async () => {
    const runner = await bench.run({ eventStore, models: [ledgerModel()] });
    const position = eventStore.add(moved(1, 'a'), broken('a'), unrelated);
    await runner.caughtUp();
    await eventually(async () => (await bench.store.checkpoint('ledger'))?.position === position);
    const progress = createPolledProgress({
      readModelStore: bench.store,
      models: ['ledger'],
      head: () => eventStore.head(),
    });
    expect(await progress.status()).toEqual([
      { name: 'ledger', version: 1, build: 0, position, lag: 0, parked: 1, state: 'live', complete: true },
    ]);
    await runner.close();
    eventStore.add(unrelated, unrelated);
    expect(await progress.status()).toMatchObject([{ lag: 2, state: 'catching-up' }]);
  });

  it('tells what is parked without the log', async () => {
    const isWell = ledgerModel({ isRepaired: true }, 'well');
    const runner = await bench.run({ eventStore, models: [ledgerModel(), isWell] });
    const position = eventStore.add(broken('a'));
    await runner.caughtUp();
    await eventually(async () => (await bench.store.checkpoint('ledger'))?.position === position);
    const away = () => Promise.reject(new Error('away'));
    const told = createProgressFeed(away);
    told.update({ models: await runner.progress.status() });
    const polled = createPolledProgress({ readModelStore: bench.store, models: ['ledger', 'well'], head: away });
    for (const progress of [told, polled]) {
      expect(await progress.look('ledger')).toMatchObject({ parked: 1 });
      expect(await progress.look('well')).toMatchObject({ parked: 0 });
    }
  });
});
