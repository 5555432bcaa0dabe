import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { pauseAfterPage } from './projection-feed.js';
import {
  eventually,
  faultyReadModelStore,
  ledgerModel,
  moved,
  openRunnerBench,
  ScriptedLog,
  type Fault,
  type RunnerBench,
} from './test-support/index.js';

describe('The pace of a projection feed', () => {
  it('pauses the longer the more work a page was', () => {
    expect(pauseAfterPage({ tookMs: 1, events: 10 })).toBeGreaterThan(1);
    expect(pauseAfterPage({ tookMs: 3, events: 10 })).toBeGreaterThan(pauseAfterPage({ tookMs: 1, events: 10 }));
  });

  it('holds a read that waits for its own write up by no more than 25 ms', () => {
    expect(pauseAfterPage({ tookMs: 2_000, events: 10 })).toBe(25);
  });

  it('goes on at once after a page that was next to no work', () => {
    expect(pauseAfterPage({ tookMs: 0.1, events: 1 })).toBe(0);
  });

  it('goes on at once after a large page, which more will follow', () => {
    expect(pauseAfterPage({ tookMs: 10, events: 512 })).toBe(0);
  });
});

describe('The pages of a projection feed', () => {
  let bench: RunnerBench;
  beforeEach(async () => {
    bench = await openRunnerBench();
  });
  afterEach(() => bench.close());

  it('hold together what comes while the feed pauses after a slow commit', async () => {
    const { store, faults } = faultyReadModelStore(bench.store);
    const eventStore = new ScriptedLog();
    const runner = await bench.run({ eventStore, models: [ledgerModel()], readModelStore: store });
    await eventually(() => bench.updates.at(-1)?.models[0]?.state === 'live');
    let commits = 0;
    const counted: Fault = async (changes, target) => {
      commits += 1;
      if (commits === 1) await delay(10);
      await target.commitAll(changes);
    };
    faults.push(...Array.from({ length: 50 }, () => counted));
    await runner.progress.waitFor('ledger', eventStore.add(moved(1, 'a')), 5_000);
    for (let n = 0; n < 20; n += 1) {
      eventStore.add(moved(1, 'a'));
      await turn();
    }
    await runner.caughtUp();
    expect(await bench.documents('ledger')).toMatchObject({ a: { balance: 21 } });
    expect(commits).toBeLessThan(10);
  });

  it('store with their documents also the checkpoints that only move over them', async () => {
    const { store, faults } = faultyReadModelStore(bench.store);
    const eventStore = new ScriptedLog();
    const stored: string[][] = [];
    faults.push(async (commits, target) => {
      stored.push(commits.map(({ collection }) => collection.name));
      await target.commitAll(commits);
    });
    eventStore.add(moved(1, 'a'));
    const models = [ledgerModel(), { ...ledgerModel(undefined, 'idle'), on: {} }];
    const runner = await bench.run({ eventStore, models, readModelStore: store });
    await runner.caughtUp();
    expect(stored).toEqual([['ledger', 'idle']]);
  });
});
