import { createLeaderElection, createLease, type LeaderElection } from '../../lease/index.js';
import { createProjectionOperations, runAttended } from './index.js';
import type { ProjectionOperations } from './projection-operations.js';
import { noteRebuild, openRebuilds } from './rebuild-requests.js';
import {
  broken,
  eventually,
  ledgerModel,
  moved,
  openRunnerBench,
  ScriptedLog,
  type LedgerFaults,
  type RunnerBench,
} from './test-support/index.js';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

let bench: RunnerBench;
let log: ScriptedLog;
let operations: ProjectionOperations;
let faults: LedgerFaults;
const elections: LeaderElection[] = [];
beforeEach(async () => {
  bench = await openRunnerBench();
  log = new ScriptedLog();
  log.add(moved(1, 'a'), moved(2, 'b'), moved(3, 'a'));
  faults = { isRepaired: false };
  operations = createProjectionOperations({ storeOf: () => bench.store, patienceMs: 2_000 });
});
afterEach(async () => {
  for (const election of elections.splice(0)) await election.close();
  await bench.close();
});

/** A process that keeps the ledger. */
async function starts(): Promise<LeaderElection> {
  const readModelStore = await bench.temporary.open('read-write');
  const election = createLeaderElection({
    lease: createLease({ store: readModelStore.documents, name: 'projections' }),
    start: () => runAttended({ eventStore: log, readModelStore, models: [ledgerModel(faults)], logger: quiet }),
    onLeaseError: () => undefined,
    onWorkerFailed: () => undefined,
  });
  elections.push(election);
  await election.start();
  return election;
}

const folded = (): Promise<void> => eventually(async () => (await bench.documents('ledger'))['b'] !== undefined);
const stateOf = async () => (await operations.rebuildStatus('ledger'))?.state;
const ended = (): Promise<void> => eventually(async () => !['running', 'comparing'].includes((await stateOf()) ?? ''));
const live = async () => (await bench.store.collections()).find((state) => state.name === 'ledger' && state.live);

describe('a rebuild that is asked for in the store', () => {
  it('is made by the process that keeps the read model, and takes its place', async () => {
    await starts();
    await folded();
    expect(await operations.rebuildStatus('ledger')).toBeNull();
    expect(await operations.rebuild('ledger')).toBe(true);
    await ended();
    const head = await log.head();
    const expected = { state: 'done', position: head, head, differing: 0, error: null };
    expect(await operations.rebuildStatus('ledger')).toEqual(expected);
    expect((await live())?.build).toBe(1);
  });

  it('is refused while another one is running, and made again afterwards', async () => {
    expect(await operations.rebuild('ledger')).toBe(true);
    expect(await operations.rebuild('ledger')).toBe(false);
    expect(await stateOf()).toBe('running');
    await starts();
    await folded();
    // There was nothing live yet to build it beside.
    await ended();
    expect(await operations.rebuild('ledger')).toBe(true);
    await ended();
    expect(await stateOf()).toBe('done');
  });

  it('says how many documents were not what the log says, and mends them', async () => {
    await starts();
    await folded();
    const spoilt = { balance: 99, entries: [] };
    const collection = await live();
    const position = await log.head();
    if (collection === undefined || position === null) throw new Error('there is no ledger');
    const writes = ['b', 'nobody'].map((id) => ({ id, position, doc: spoilt }));
    await bench.store.commitAll([{ collection, writes }]);
    await operations.rebuild('ledger');
    await ended();
    expect(await operations.rebuildStatus('ledger')).toMatchObject({ state: 'differs', differing: 2 });
    expect(await bench.documents('ledger')).toMatchObject({ a: { balance: 4 }, b: { balance: 2 } });
    expect(await bench.documents('ledger')).not.toHaveProperty('nobody');
  });

  it('is gone on with by the next process where one was stopped', async () => {
    const first = await starts();
    await folded();
    await first.close();
    await operations.rebuild('ledger');
    const [request] = await openRebuilds(bench.store);
    if (request === undefined) throw new Error('nothing was asked for');
    await noteRebuild(bench.store, { ...request, state: 'comparing' });
    await starts();
    await ended();
    expect(await stateOf()).toBe('done');
  });
});

describe('what is parked', () => {
  beforeEach(() => log.add(broken('a'), broken('c')));

  it('is listed page by page, and retried by the process that keeps the read model', async () => {
    await starts();
    await folded();
    await eventually(async () => (await operations.parked('ledger', { limit: 9 })).keys.length === 2);
    const first = await operations.parked('ledger', { limit: 1 });
    expect(first).toMatchObject({ keys: [{ key: 'a', error: 'Error: broken' }], next: 'a' });
    const rest = await operations.parked('ledger', { limit: 1, after: 'a' });
    expect(rest).toMatchObject({ keys: [{ key: 'c' }], next: null });
    expect(await operations.retry('ledger', 'a')).toEqual({ outcome: 'parked', reason: 'Error: broken' });
    faults.isRepaired = true;
    expect(await operations.retry('ledger', 'a')).toEqual({ outcome: 'lifted', events: 1 });
    expect(await operations.retry('ledger', 'a')).toEqual({ outcome: 'not-parked' });
  });

  it('is not known to be retried where no process keeps the read model', async () => {
    const impatient = createProjectionOperations({ storeOf: () => bench.store, patienceMs: 10 });
    expect(await impatient.retry('ledger', 'a')).toBeNull();
    expect(await impatient.parked('ledger', { limit: 9 })).toEqual({ keys: [], next: null });
  });
});
