import { requestRebuild } from './index.js';
import {
  broken,
  eventually,
  ledgerModel,
  moved,
  openRunnerBench,
  ScriptedLog,
  type RunnerBench,
} from './test-support/index.js';

describe('a new version of a read model', () => {
  let bench: RunnerBench;
  const first = ledgerModel();
  const second = ledgerModel(undefined, 'ledger', 2);
  const other = ledgerModel(undefined, 'other');
  beforeEach(async () => {
    bench = await openRunnerBench();
  });
  afterEach(() => bench.close());

  async function madeBy(eventStore: ScriptedLog, models: (typeof first)[]): Promise<void> {
    const runner = await bench.run({ eventStore, models });
    await runner.caughtUp();
    await runner.close();
  }

  it.each([
    ['within the subscription of all', 10_000],
    ['on a subscription of its own', 0],
  ])('is built beside the old one %s and takes its place when it has caught up', async (_, farBehind) => {
    const eventStore = new ScriptedLog(() => 2);
    eventStore.add(...Array.from({ length: 20 }, (_value, n) => moved(n, 'a', `b${n}`)));
    await madeBy(eventStore, [first, other]);
    const runner = await bench.run({ eventStore, models: [second, other], farBehind });
    expect((await runner.progress.status())[0]).toMatchObject({ name: 'ledger', version: 1, state: 'building' });
    expect(await bench.documents('ledger')).toMatchObject({ a: { balance: 190 } });
    eventStore.add(moved(1_000, 'a'));
    await runner.caughtUp();
    expect(await bench.documents('ledger')).toEqual(await bench.documents('other'));
    await eventually(async () => (await runner.progress.status()).every(({ state }) => state === 'live'));
    const versions = (await bench.store.collections()).filter(({ name }) => name === 'ledger');
    expect(versions).toMatchObject([{ version: 2, live: true }]);
    eventStore.add(moved(5, 'a', 'z'));
    await runner.caughtUp();
    expect(await bench.documents('ledger')).toEqual(await bench.documents('other'));
  });

  it('goes on being built after a restart', async () => {
    const eventStore = new ScriptedLog(() => 1);
    eventStore.add(...Array.from({ length: 30 }, (_, n) => moved(n, 'a')));
    await madeBy(eventStore, [first]);
    await bench.store.ensure(second);
    const builder = await bench.run({ eventStore, models: [second] });
    await eventually(async () => (await bench.store.checkpoint(second)) !== null);
    await builder.close();
    await madeBy(eventStore, [second]);
    expect(await bench.documents('ledger')).toMatchObject({ a: { balance: 435 } });
  });

  it('is not the only way: a rebuild of the same version keeps the live one following meanwhile', async () => {
    const eventStore = new ScriptedLog(() => 2);
    eventStore.add(moved(1, 'a'), moved(2, 'a'));
    await madeBy(eventStore, [first]);
    await requestRebuild(bench.store, first);
    const runner = await bench.run({ eventStore, models: [first] });
    eventStore.add(moved(4, 'a'));
    await runner.caughtUp();
    expect(await bench.documents('ledger')).toEqual({ a: { balance: 7, entries: [1, 2, 4] } });
    await eventually(async () =>
      (await bench.store.collections()).some(({ name, build, live }) => name === 'ledger' && build === 1 && live),
    );
    eventStore.add(moved(8, 'a'));
    await runner.caughtUp();
    expect(await bench.documents('ledger')).toEqual({ a: { balance: 15, entries: [1, 2, 4, 8] } });
  });

  it('makes read models from another log usable again', async () => {
    const eventStore = new ScriptedLog(undefined, 'restored log');
    const lost = new ScriptedLog();
    lost.add(moved(1, 'a'), moved(2, 'lost'));
    await madeBy(lost, [first]);
    await requestRebuild(bench.store, first);
    eventStore.add(moved(1, 'a'));
    await madeBy(eventStore, [first]);
    expect(await bench.documents('ledger')).toEqual({ a: { balance: 1, entries: [1] } });
  });

  it('leaves the parked keys of the old one behind', async () => {
    const eventStore = new ScriptedLog();
    eventStore.add(moved(1, 'a'), broken('a'));
    await madeBy(eventStore, [first]);
    await madeBy(eventStore, [ledgerModel({ isRepaired: true }, 'ledger', 2)]);
    expect(await bench.documents('ledger')).toEqual({ a: { balance: 1, entries: [1, 1_000_000] } });
    expect(await bench.documents('parked-keys')).toEqual({});
    expect(await bench.documents('parked-events')).toEqual({});
  });
});
