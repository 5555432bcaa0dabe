import type { EventStore, SubscribeOptions, SubscriptionHandler } from '../../event-store/index.js';
import { createLeaderElection, createLease, type LeaderElection } from '../../lease/index.js';
import { runAttended } from './index.js';
import {
  eventually,
  ledgerModel,
  moved,
  openRunnerBench,
  ScriptedLog,
  type RunnerBench,
} from './test-support/index.js';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A log that this process alone cannot follow any more, from the moment that it is told. */
class LostLog extends ScriptedLog {
  isLost = false;

  override subscribe(options: SubscribeOptions, handler: SubscriptionHandler): ReturnType<EventStore['subscribe']> {
    return super.subscribe(options, {
      ...handler,
      onEvents: (events, upTo) => {
        if (this.isLost) throw new Error('the log is gone');
        return handler.onEvents(events, upTo);
      },
    });
  }
}

describe('a runner that ends by itself', () => {
  let bench: RunnerBench;
  const elections: LeaderElection[] = [];
  const failures: unknown[] = [];
  beforeEach(async () => {
    bench = await openRunnerBench();
  });
  afterEach(async () => {
    for (const election of elections.splice(0)) await election.close();
    failures.length = 0;
    await bench.close();
  });

  async function runs(eventStore: EventStore): Promise<void> {
    const readModelStore = await bench.temporary.open('read-write');
    const election = createLeaderElection({
      lease: createLease({ store: readModelStore.documents, name: 'projections' }),
      start: () => runAttended({ eventStore, readModelStore, models: [ledgerModel()], logger: quiet }),
      onLeaseError: () => undefined,
      onWorkerFailed: (error) => failures.push(error),
    });
    elections.push(election);
    await election.start();
  }

  it('gives the lease up, so that another process goes on at once', async () => {
    const [lost, sound] = [new LostLog(), new ScriptedLog()];
    for (const log of [lost, sound]) log.add(moved(1, 'a'));
    await runs(lost);
    await runs(sound);
    await eventually(async () => (await bench.documents('ledger'))['a'] !== undefined);
    lost.isLost = true;
    for (const log of [lost, sound]) log.add(moved(2, 'a'));
    await eventually(async () => {
      const { a } = await bench.documents('ledger');
      return JSON.stringify(a) === '{"balance":3,"entries":[1,2]}';
    });
    expect(failures).toEqual([new Error('the log is gone')]);
  });
});
