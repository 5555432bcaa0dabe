import { positionOfNumber } from '../../shared/position.js';
import type { ModelProgress } from './progress.js';
import { createPolledProgress, createProgressFeed } from './index.js';
import {
  eventually,
  faultyReadModelStore,
  ledgerModel,
  moved,
  openRunnerBench,
  ScriptedLog,
  type RunnerBench,
} from './test-support/index.js';

describe('a read model that is built from nothing', () => {
  const models = [ledgerModel()];
  let bench: RunnerBench;
  let eventStore: ScriptedLog;
  beforeEach(async () => {
    bench = await openRunnerBench();
    eventStore = new ScriptedLog(() => 3);
  });
  afterEach(() => bench.close());

  const polled = () =>
    createPolledProgress({
      readModelStore: bench.store,
      models: ['ledger'],
      head: () => eventStore.head(),
      logId: 'log',
    });
  /** As another process sees it. */
  const seen = async () => (await polled().status())[0];
  const isComplete = async () => (await seen())?.complete === true;
  /** What the next runner tells before it has read anything. */
  async function firstTold(run: () => Promise<unknown>): Promise<ModelProgress | undefined> {
    bench.updates.length = 0;
    await run();
    return bench.updates[0]?.models[0];
  }
  /** Nine events of which three are folded. */
  async function dieAfterOnePage(): Promise<void> {
    eventStore.add(...Array.from({ length: 9 }, (_, n) => moved(n, 'a')));
    const { store: readModelStore, faults } = faultyReadModelStore(bench.store);
    faults.push(
      (commits, store) => store.commitAll(commits),
      () => Promise.reject(new Error('the process died')),
    );
    await bench.run({ eventStore, models, readModelStore });
    await eventually(() => bench.stops.length > 0);
  }

  it('is complete when it has caught up once, and not when its first builder was killed half way', async () => {
    await dieAfterOnePage();
    expect(await seen()).toMatchObject({ position: positionOfNumber(3), lag: 6, complete: false });
    const run = async () => (await bench.run({ eventStore, models })).caughtUp();
    expect(await firstTold(run)).toMatchObject({ position: positionOfNumber(3), complete: false });
    expect(bench.updates.at(-1)).toMatchObject({ models: [{ position: positionOfNumber(9), complete: true }] });
    expect(await seen()).toMatchObject({ lag: 0, complete: true });
  });

  it('stays complete afterwards, however far it lags behind', async () => {
    const runner = await bench.run({ eventStore, models });
    eventStore.add(moved(1, 'a'));
    await runner.caughtUp();
    await runner.close();
    eventStore.add(...Array.from({ length: 50 }, (_, n) => moved(n, 'a')));
    expect(await seen()).toMatchObject({ lag: 50, complete: true });
    const told = await firstTold(() => bench.run({ eventStore, models }));
    expect(told).toMatchObject({ position: positionOfNumber(1), complete: true });
  });

  it('is complete at once over an empty log, and not over one that grew before anything was folded', async () => {
    const runner = await bench.run({ eventStore, models });
    await runner.caughtUp();
    expect(await seen()).toMatchObject({ position: null, lag: 0, complete: true });
    await runner.close();
    eventStore.add(moved(1, 'a'));
    expect(await firstTold(() => bench.run({ eventStore, models }))).toMatchObject({ complete: false });
    await eventually(isComplete);
  });

  it('stays complete while another version is built and takes its place, and after', async () => {
    eventStore.add(...Array.from({ length: 9 }, (_, n) => moved(n, 'a')));
    const first = await bench.run({ eventStore, models });
    await first.caughtUp();
    await first.close();
    bench.updates.length = 0;
    const second = await bench.run({ eventStore, models: [ledgerModel(undefined, 'ledger', 2)] });
    await second.caughtUp();
    expect(bench.updates.flatMap((update) => update.models).every(({ complete }) => complete)).toBe(true);
    expect(await seen()).toMatchObject({ version: 2, complete: true });
    expect(Object.keys(await bench.documents('complete-builds'))).toEqual(['ledger@2.0']);
  });

  it('is not complete where it is frozen half way', async () => {
    await dieAfterOnePage();
    const next = [ledgerModel(undefined, 'ledger', 2)];
    expect(await firstTold(() => bench.run({ eventStore, models: next }))).toMatchObject({
      version: 1,
      state: 'building',
      complete: false,
    });
    await eventually(isComplete);
  });

  it('is missing from the store at first, which tells other processes that nothing can be read', async () => {
    eventStore.add(moved(1, 'a'));
    expect(await seen()).toMatchObject({ name: 'ledger', version: 0, position: null, lag: 1, complete: false });
    expect(await polled().look('ledger')).toMatchObject({ complete: false });
  });

  it('is looked at anew until it is complete', async () => {
    eventStore.add(moved(1, 'a'));
    const progress = polled();
    expect(await progress.look('ledger')).toMatchObject({ complete: false });
    await (await bench.run({ eventStore, models })).caughtUp();
    expect(await progress.look('ledger')).toMatchObject({ complete: true });
  });

  it('has not reached what the deleted one had', async () => {
    const feed = createProgressFeed(() => eventStore.head());
    const model = { name: 'ledger', version: 1, build: 0, parked: 0, state: 'catching-up', complete: false } as const;
    feed.update({ models: [{ ...model, position: positionOfNumber(9) }] });
    feed.update({ models: [{ ...model, position: null }] });
    expect(await feed.waitFor('ledger', positionOfNumber(9), 1)).toBe(false);
    expect(await feed.look('ledger')).toMatchObject({ position: null });
  });
});
