import {
  broken,
  dieHalfWay,
  faultyReadModelStore,
  ledgerModel,
  moved,
  openRunnerBench,
  passingLedgerModel,
  ScriptedLog,
  type RunnerBench,
} from './test-support/index.js';

describe('an event that cannot be applied', () => {
  let bench: RunnerBench;
  let eventStore: ScriptedLog;
  let faults: { isRepaired: boolean };
  beforeEach(async () => {
    bench = await openRunnerBench();
    eventStore = new ScriptedLog(() => 2);
    faults = { isRepaired: false };
  });
  afterEach(() => bench.close());

  const run = () => bench.run({ eventStore, models: [ledgerModel(faults)] });

  it('parks its document as it was before, and all later events of that document alone', async () => {
    eventStore.add(moved(1, 'a', 'b'), broken('a'), moved(2, 'a', 'b'), moved(4, 'a'));
    const runner = await run();
    await runner.caughtUp();
    expect(await bench.documents('ledger')).toEqual({
      a: { balance: 1, entries: [1] },
      b: { balance: 3, entries: [1, 2] },
    });
    expect(await runner.progress.status()).toMatchObject([{ parked: 1, lag: 0 }]);
  });

  it('leaves nothing of a fold that threw half way, also within one page', async () => {
    const whole = new ScriptedLog(() => 100);
    whole.add(moved(1, 'a'), moved(2, 'a'), broken('a'), moved(4, 'a'), moved(8, 'b'));
    const runner = await bench.run({ eventStore: whole, models: [ledgerModel(faults)] });
    await runner.caughtUp();
    expect(await bench.documents('ledger')).toEqual({
      a: { balance: 3, entries: [1, 2] },
      b: { balance: 8, entries: [8] },
    });
  });

  it('stays parked after a restart, and once repaired is folded in the order of the log', async () => {
    eventStore.add(moved(1, 'a'), broken('a'), moved(2, 'a'));
    await (await run()).close();
    const runner = await run();
    eventStore.add(moved(4, 'a'));
    await runner.caughtUp();
    expect(await bench.documents('ledger')).toEqual({ a: { balance: 1, entries: [1] } });
    expect(await runner.retry('ledger', 'a')).toEqual({ outcome: 'parked', reason: 'Error: broken' });
    faults.isRepaired = true;
    expect(await runner.retry('ledger', 'a')).toEqual({ outcome: 'lifted', events: 3 });
    eventStore.add(moved(8, 'a'));
    await runner.caughtUp();
    expect(await bench.documents('ledger')).toEqual({ a: { balance: 15, entries: [1, 1_000_000, 2, 4, 8] } });
    expect(await runner.progress.status()).toMatchObject([{ parked: 0 }]);
    expect(await runner.retry('ledger', 'a')).toEqual({ outcome: 'not-parked' });
    await runner.close();
    expect((await (await run()).progress.status())[0]?.parked).toBe(0);
  });

  it('can be parked again after a retry', async () => {
    eventStore.add(broken('a'));
    const runner = await run();
    await runner.caughtUp();
    faults.isRepaired = true;
    await runner.retry('ledger', 'a');
    faults.isRepaired = false;
    eventStore.add(broken('a'), moved(1, 'a'));
    await runner.caughtUp();
    faults.isRepaired = true;
    expect(await runner.retry('ledger', 'a')).toEqual({ outcome: 'lifted', events: 2 });
    expect(await bench.documents('ledger')).toEqual({ a: { balance: 1, entries: [1_000_000, 1_000_000, 1] } });
  });

  it('is known to be parked before the checkpoint moves over it', async () => {
    const faulty = faultyReadModelStore(bench.store);
    eventStore.add(moved(1, 'a'), moved(2, 'a'), broken('a'), moved(4, 'a'), moved(8, 'a', 'b'));
    for (let crashes = 0; crashes < 4; crashes += 1) {
      for (let page = 0; page < crashes; page += 1)
        faulty.faults.push((commits, store, documents) => store.commitAll(commits, documents));
      faulty.faults.push(dieHalfWay);
      const dying = await bench.run({ eventStore, models: [ledgerModel(faults)], readModelStore: faulty.store });
      await dying.caughtUp().catch(() => undefined);
      await dying.close();
      faulty.faults.length = 0;
    }
    const runner = await run();
    await runner.caughtUp();
    faults.isRepaired = true;
    await runner.retry('ledger', 'a');
    expect(await bench.documents('ledger')).toEqual({
      a: { balance: 15, entries: [1, 2, 1_000_000, 4, 8] },
      b: { balance: 8, entries: [8] },
    });
  });

  it('parks its whole stream where its document cannot be told', async () => {
    eventStore.add(broken(null, 'ledger-s'), broken('a', 'ledger-s'), moved(1, 'a'));
    const runner = await run();
    await runner.caughtUp();
    expect(await bench.documents('ledger')).toEqual({ a: { balance: 1, entries: [1] } });
    expect(await runner.progress.status()).toMatchObject([{ parked: 1 }]);
    faults.isRepaired = true;
    expect(await runner.retry('ledger', 'stream:ledger-s')).toMatchObject({
      outcome: 'parked',
      reason: expect.stringContaining('rebuild ledger'),
    });
  });

  it.each([{}, { account: 7 }, { account: ['a', null] }])(
    'parks a stream whose event names no document: %j',
    async (data) => {
      eventStore.add({ stream: 'ledger-s', type: 'ledger.closed.v1', data }, moved(1, 'a'));
      const runner = await run();
      await runner.caughtUp();
      expect(await bench.documents('ledger')).toEqual({ a: { balance: 1, entries: [1] } });
      expect(await runner.progress.status()).toMatchObject([{ parked: 1 }]);
      expect(await runner.retry('ledger', 'stream:ledger-s')).toMatchObject({ outcome: 'parked' });
    },
  );

  it('lifts a parked stream whose documents have nothing later', async () => {
    eventStore.add(broken(null, 'ledger-s'), broken('a', 'ledger-s'));
    const runner = await run();
    await runner.caughtUp();
    faults.isRepaired = true;
    expect(await runner.retry('ledger', 'stream:ledger-s')).toEqual({ outcome: 'lifted', events: 2 });
    expect(Object.keys(await bench.documents('ledger'))).toEqual(['a', 'found']);
  });

  it('is passed on once it can be applied, or asks for a rebuild where that comes too late', async () => {
    eventStore.add(moved(1, 'a'), moved(3, 'a'), moved(5, 'a'));
    const runner = await bench.run({ eventStore, models: [passingLedgerModel(faults)] });
    await runner.caughtUp();
    faults.isRepaired = true;
    expect(await runner.retry('ledger', 'a')).toEqual({ outcome: 'lifted', events: 2 });
    expect(await bench.documents('ledger')).toMatchObject({
      a: { sum: 3 },
      'owner-a': { sum: 3 },
      'total-0': { sum: 3 },
    });
    faults.isRepaired = false;
    eventStore.add(moved(3, 'a'), moved(6, 'b'));
    await runner.caughtUp();
    faults.isRepaired = true;
    const reason = expect.stringContaining('document total-0 has later events already: rebuild ledger');
    expect(await runner.retry('ledger', 'a')).toEqual({ outcome: 'parked', reason });
  });
});
