import { createLeaderElection, createLease, type LeaderElection } from '../../lease/index.js';
import { CheckpointConflictError } from '../../read-model-store/index.js';
import { createPolledProgress, openModelRebuild, requestRetry, runAttended, type ModelRebuild } from './index.js';
import { takeRetryAnswer } from './retry-requests.js';
import { positionOfNumber } from '../../shared/position.js';
import {
  broken,
  eventually,
  ledgerModel,
  moved,
  openRunnerBench,
  ScriptedLog,
  type RunnerBench,
} from './test-support/index.js';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('a rebuild beside the runner', () => {
  let bench: RunnerBench;
  let eventStore: ScriptedLog;
  const elections: LeaderElection[] = [];
  const model = ledgerModel();
  beforeEach(async () => {
    bench = await openRunnerBench();
    eventStore = new ScriptedLog(() => 3);
    eventStore.add(...Array.from({ length: 20 }, (_value, n) => moved(n, 'a', `b${n}`)));
  });
  afterEach(async () => {
    for (const election of elections.splice(0)) await election.close();
    await bench.close();
  });

  /** A runner as a process has it: while it has the lease. */
  async function runs(models = [model]): Promise<LeaderElection> {
    const readModelStore = await bench.temporary.open('read-write');
    const election = createLeaderElection({
      lease: createLease({ store: readModelStore.documents, name: 'projections' }),
      start: () =>
        runAttended({
          eventStore,
          readModelStore,
          models,
          logger: quiet,
          onStopped: (error) => bench.stops.push(error),
        }),
      onLeaseError: (error) => bench.stops.push(error),
      onWorkerFailed: (error) => bench.stops.push(error),
    });
    elections.push(election);
    await election.start();
    await eventually(async () => (await bench.store.checkpoint('ledger'))?.position === (await eventStore.head()));
    return election;
  }

  async function opened(of = model): Promise<ModelRebuild> {
    const readModelStore = await bench.temporary.open('read-write');
    const rebuild = await openModelRebuild({ eventStore, readModelStore, model: of });
    if (rebuild === null) throw new Error('there is nothing to rebuild');
    return rebuild;
  }

  const head = () => eventStore.head();

  it('is made while the runner goes on, left alone by it, and swapped in when it is handed over', async () => {
    await runs();
    const rebuild = await opened();
    await rebuild.buildUpTo(positionOfNumber(7));
    eventStore.add(moved(100, 'a'));
    await eventually(async () => (await bench.store.checkpoint('ledger'))?.position === (await head()));
    await rebuild.buildUpTo(await head());
    expect(await rebuild.compare()).toEqual({
      documents: 21,
      differing: 0,
      firstDifference: null,
      parked: 0,
      undecided: 0,
    });
    expect(await rebuild.isLive()).toBe(false);
    eventStore.add(moved(200, 'a'));
    await rebuild.handOver();
    await eventually(() => rebuild.isLive());
    eventStore.add(moved(300, 'a'));
    await eventually(async () => (await bench.store.checkpoint('ledger'))?.position === (await head()));
    expect(await bench.documents('ledger')).toMatchObject({ a: { balance: 190 + 600 } });
    expect(bench.stops).toEqual([]);
  });

  it('that was killed is told of neither by the runner nor by those who only follow: the live one is live', async () => {
    const runner = await bench.run({ eventStore, models: [model] });
    await runner.caughtUp();
    const killed = await opened();
    await killed.buildUpTo(positionOfNumber(7));
    await killed.close();
    const followed = createPolledProgress({ readModelStore: bench.store, models: ['ledger'], head });
    await followed.waitFor('ledger', positionOfNumber(20), 5_000);
    const told = await runner.progress.status();
    expect(told).toMatchObject([{ build: 0, lag: 0, state: 'live' }]);
    expect(await followed.status()).toEqual(told);
  });

  it('goes on where one that was killed has come to', async () => {
    await runs();
    const killed = await opened();
    await killed.buildUpTo(positionOfNumber(7));
    const next = await opened();
    expect([next.label, next.position]).toEqual([killed.label, positionOfNumber(7)]);
    await next.buildUpTo(await head());
    expect((await next.compare()).firstDifference).toBeNull();
    await expect(killed.buildUpTo(await head())).rejects.toThrow(CheckpointConflictError);
    await killed.close();
    await next.close();
  });

  it('tells the first document that differs, and where', async () => {
    await runs();
    const rebuild = await opened();
    await rebuild.buildUpTo(await head());
    const position = positionOfNumber(20);
    for (const [id, balance] of [
      ['b7', 1],
      ['b3', 99],
    ] as const) {
      const doc = { balance, entries: [3] };
      await bench.store.commitAll([{ collection: rebuild.collection, writes: [{ id, position, doc }] }]);
    }
    const comparison = await rebuild.compare();
    expect(comparison.firstDifference).toEqual({ id: 'b3', path: '/balance', one: '3', other: '99' });
    await rebuild.close();
  });

  it('tells documents that only one of the two has', async () => {
    await runs();
    const rebuild = await opened();
    await rebuild.buildUpTo(await head());
    const only = { id: 'zz', position: positionOfNumber(1), doc: { balance: 1, entries: [] } };
    await bench.store.commitAll([{ collection: rebuild.collection, writes: [only] }]);
    expect((await rebuild.compare()).firstDifference).toMatchObject({
      id: 'zz',
      path: '',
      other: JSON.stringify(only.doc),
    });
    await rebuild.close();
  });

  it('folds exactly as far as the live one has come where the two are to be compared', async () => {
    await runs();
    const rebuild = await opened();
    await rebuild.buildUpTo(positionOfNumber(5));
    expect((await rebuild.compare()).firstDifference).toBeNull();
    expect(rebuild.position).toBe(await head());
    await rebuild.close();
  });

  it('of a new version has nothing to be compared with and takes the place of the old one', async () => {
    const old = await runs();
    await old.close();
    elections.length = 0;
    const second = ledgerModel(undefined, 'ledger', 2);
    const rebuild = await opened(second);
    await rebuild.buildUpTo(await head());
    expect(rebuild.comparableAt(await head())).toBeNull();
    await rebuild.handOver();
    await runs([second]);
    await eventually(() => rebuild.isLive());
    expect(await bench.store.collections()).toContainEqual(
      expect.objectContaining({ name: 'ledger', version: 2, live: true }),
    );
  });
});

describe('a runner in another process', () => {
  it('retries a parked key that it is asked to retry', async () => {
    const bench = await openRunnerBench();
    const eventStore = new ScriptedLog();
    eventStore.add(moved(1, 'a'), broken('a'));
    const options = { eventStore, readModelStore: bench.store, logger: quiet };
    const failing = await runAttended({ ...options, models: [ledgerModel()] });
    await eventually(async () => Object.keys(await bench.documents('parked-keys')).length === 1);
    await requestRetry(bench.store, 'ledger', 'a');
    expect(await takeRetryAnswer(bench.store, 'ledger', 'a')).toBeNull();
    await failing.heartbeat();
    expect(await takeRetryAnswer(bench.store, 'ledger', 'a')).toMatchObject({ outcome: 'parked' });
    await failing.close();
    const repaired = await runAttended({ ...options, models: [ledgerModel({ isRepaired: true })] });
    await requestRetry(bench.store, 'ledger', 'a');
    await repaired.heartbeat();
    expect(await takeRetryAnswer(bench.store, 'ledger', 'a')).toEqual({ outcome: 'lifted', events: 1 });
    expect(await takeRetryAnswer(bench.store, 'ledger', 'a')).toBeNull();
    await repaired.close();
    await bench.close();
  });
});
