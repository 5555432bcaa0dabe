import { StoreUnavailableError } from '../../shared/store-errors.js';
import { positionOfNumber } from '../../shared/position.js';
import { KeyStoreUnavailableError } from '../../key-store/index.js';
import { CheckpointConflictError, ReadModelStoreUnavailableError } from '../../read-model-store/index.js';
import {
  closed,
  dieHalfWay,
  eventually,
  faultyReadModelStore,
  ledgerModel,
  moved,
  openRunnerBench,
  ScriptedLog,
  unrelated,
  type RunnerBench,
} from './test-support/index.js';

describe('the projection runner', () => {
  let bench: RunnerBench;
  let eventStore: ScriptedLog;
  const models = [ledgerModel()];
  beforeEach(async () => {
    bench = await openRunnerBench();
    eventStore = new ScriptedLog(() => 3);
  });
  afterEach(() => bench.close());

  it('folds what the log holds, then what comes', async () => {
    eventStore.add(moved(1, 'a'), moved(2, 'b'), moved(4, 'a'));
    const runner = await bench.run({ eventStore, models });
    await runner.caughtUp();
    expect(await bench.documents('ledger')).toEqual({
      a: { balance: 5, entries: [1, 4] },
      b: { balance: 2, entries: [2] },
    });
    const position = eventStore.add(moved(8, 'b'), closed('a'));
    expect(await runner.progress.waitFor('ledger', position, 5_000)).toBe(true);
    expect(await bench.documents('ledger')).toEqual({ b: { balance: 10, entries: [2, 8] } });
  });

  it('folds an event into every document it names, once each, also many', async () => {
    const accounts = Array.from({ length: 700 }, (_, n) => `account-${n}`);
    eventStore.add(moved(3, ...accounts, 'account-0'), moved(4, ...accounts), moved(5));
    const runner = await bench.run({ eventStore, models, cachedDocuments: 10 });
    await runner.caughtUp();
    const documents = Object.values(await bench.documents('ledger'));
    expect(documents).toHaveLength(700);
    for (const document of documents) expect(document).toEqual({ balance: 7, entries: [3, 4] });
  });

  it('reads a document again that it had let go from memory', async () => {
    const runner = await bench.run({ eventStore, models, cachedDocuments: 1 });
    for (let round = 1; round <= 3; round += 1) {
      for (const account of ['a', 'b', 'c', 'd']) eventStore.add(moved(round, account));
    }
    await runner.caughtUp();
    for (const document of Object.values(await bench.documents('ledger'))) {
      expect(document).toEqual({ balance: 6, entries: [1, 2, 3] });
    }
  });

  it('goes on where it stopped', async () => {
    eventStore.add(moved(1, 'a'), moved(2, 'a'));
    const first = await bench.run({ eventStore, models });
    await first.caughtUp();
    await first.close();
    eventStore.add(moved(4, 'a'));
    const second = await bench.run({ eventStore, models });
    await second.caughtUp();
    expect(await bench.documents('ledger')).toEqual({ a: { balance: 7, entries: [1, 2, 4] } });
  });

  it('moves every checkpoint with the log, also over events that no model follows', async () => {
    const runner = await bench.run({ eventStore, models: [...models, ledgerModel(undefined, 'idle')] });
    eventStore.add(moved(1, 'a'));
    const position = eventStore.add(unrelated, unrelated);
    await runner.caughtUp();
    await eventually(async () => (await bench.store.checkpoint('ledger'))?.position === position);
    await eventually(async () => (await bench.store.checkpoint('idle'))?.position === position);
  });

  it('stores the last checkpoint when it is closed', async () => {
    const runner = await bench.run({ eventStore, models });
    const position = eventStore.add(unrelated);
    await runner.caughtUp();
    await runner.close();
    expect(await bench.store.checkpoint('ledger')).toEqual({ logId: 'log', position });
  });

  it('counts nothing twice after dying between the documents and the checkpoint', async () => {
    const faulty = faultyReadModelStore(bench.store);
    eventStore.add(moved(1, 'a', 'b'), moved(2, 'a', 'b'), moved(4, 'b', 'c'), closed('c'), moved(8, 'c', 'a'));
    for (let crashes = 0; crashes < 3; crashes += 1) {
      faulty.faults.push(dieHalfWay);
      const dying = await bench.run({ eventStore, models, readModelStore: faulty.store });
      await expect(dying.caughtUp()).rejects.toThrow('the process died');
      faulty.faults.length = 0;
    }
    const runner = await bench.run({ eventStore, models });
    await runner.caughtUp();
    expect(await bench.documents('ledger')).toEqual({
      a: { balance: 11, entries: [1, 2, 8] },
      b: { balance: 7, entries: [1, 2, 4] },
      c: { balance: 8, entries: [8] },
    });
  });

  it.each([
    ['the read model store', new ReadModelStoreUnavailableError('disk full')],
    ['the event store', new StoreUnavailableError('away')],
    ['the store of the keys', new KeyStoreUnavailableError('away')],
  ])('tries again while %s cannot answer, from what is stored', async (_name, error) => {
    const faulty = faultyReadModelStore(bench.store);
    const unavailable = async () => {
      throw error;
    };
    const runner = await bench.run({ eventStore, models, readModelStore: faulty.store });
    eventStore.add(moved(1, 'a'));
    await runner.caughtUp();
    faulty.faults.push(unavailable, unavailable);
    // The last one is done, but its answer is lost.
    faulty.faults.push(async (commits, store) => {
      await store.commitAll(commits);
      await unavailable();
    });
    eventStore.add(moved(2, 'a'));
    await runner.caughtUp();
    expect(faulty.faults).toEqual([]);
    expect(await bench.documents('ledger')).toEqual({ a: { balance: 3, entries: [1, 2] } });
    expect(bench.stops).toEqual([]);
  });

  it('says that nothing can be stored until something is', async () => {
    const faulty = faultyReadModelStore(bench.store);
    const unavailable = async () => {
      throw new ReadModelStoreUnavailableError('disk full');
    };
    for (const events of [[moved(2, 'a')], [unrelated]]) {
      const runner = await bench.run({ eventStore, models, readModelStore: faulty.store });
      await runner.caughtUp();
      const troubles = (): unknown[] => bench.updates.map((update) => update.models[0]?.trouble);
      expect(troubles()).not.toContain('ReadModelStoreUnavailableError');
      faulty.faults.push(unavailable, unavailable);
      const position = eventStore.add(...events);
      await eventually(async () => (await bench.store.checkpoint('ledger'))?.position === position);
      await eventually(async () => troubles().at(-1) === undefined);
      expect(troubles()).toContain('ReadModelStoreUnavailableError');
      await runner.close();
      bench.updates.length = 0;
    }
  });

  it('ends when another runner has moved a checkpoint, and writes nothing more', async () => {
    const zombie = await bench.run({ eventStore, models });
    eventStore.add(moved(1, 'a'));
    await zombie.caughtUp();
    await eventually(async () => (await bench.store.checkpoint('ledger')) !== null);
    const expected = await bench.store.checkpoint('ledger');
    await bench.store.commit(models[0] as (typeof models)[0], [], {
      expected,
      next: { logId: 'log', position: positionOfNumber(2) },
    });
    eventStore.add(moved(2, 'a'));
    await expect(zombie.caughtUp()).rejects.toBeInstanceOf(CheckpointConflictError);
    await eventually(() => bench.stops.length === 1);
    expect(await bench.documents('ledger')).toEqual({ a: { balance: 1, entries: [1] } });
    expect((await zombie.progress.status())[0]).toMatchObject({ state: 'stopped', lag: 1 });
  });

  it('lets only one of two runners fold the same events', async () => {
    eventStore.add(...Array.from({ length: 60 }, () => moved(1, 'a')));
    const other = await bench.temporary.open('read-write');
    const runners = await Promise.all([
      bench.run({ eventStore, models }),
      bench.run({ eventStore, models, readModelStore: other }),
    ]);
    await Promise.any(runners.map((runner) => runner.caughtUp()));
    expect(await bench.documents('ledger')).toMatchObject({ a: { balance: 60 } });
    for (const error of bench.stops) expect(error).toBeInstanceOf(CheckpointConflictError);
  });

  it.each([
    ['another log', new ScriptedLog(undefined, 'other log'), 'rebuild ledger'],
    ['a longer log', new ScriptedLog(), 'restored'],
  ])('refuses to start on read models made from %s, naming the command that helps', async (_, other, command) => {
    eventStore.add(moved(1, 'a'), moved(2, 'a'));
    const runner = await bench.run({ eventStore, models });
    await runner.caughtUp();
    await runner.close();
    other.add(moved(1, 'a'));
    await expect(bench.run({ eventStore: other, models })).rejects.toThrow(`npm run -s cli -- ${command}`);
  });

  it('tells how far each model is, and how far behind', async () => {
    const position = eventStore.add(moved(1, 'a'), unrelated);
    const runner = await bench.run({ eventStore, models });
    await runner.caughtUp();
    await eventually(async () => (await runner.progress.status())[0]?.state === 'live');
    const live = { name: 'ledger', version: 1, build: 0, position, parked: 0, state: 'live', complete: true };
    expect(await runner.progress.status()).toEqual([{ ...live, lag: 0 }]);
    expect(bench.updates.at(-1)).toEqual({ models: [live] });
    expect(await runner.progress.waitFor('ledger', positionOfNumber(3), 1)).toBe(false);
  });
});
