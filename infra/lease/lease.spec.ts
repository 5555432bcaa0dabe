import { spawnSync } from 'node:child_process';
import { jest } from '@jest/globals';
import type { DocumentStore } from '../document-store/index.js';
import { openTemporaryDocumentStore, type TemporaryDocumentStore } from '../document-store/test-support/index.js';
import { createLeaderElection, createLease, type Lease } from './index.js';
import { EXPIRES_AFTER_MS } from './lease.js';

describe('a lease', () => {
  let temporary: TemporaryDocumentStore;
  let other: DocumentStore;
  let time = 0;
  const leaseIn = (store: DocumentStore): Lease => createLease({ store, name: 'work', now: () => time });
  beforeEach(async () => {
    temporary = await openTemporaryDocumentStore();
    other = await temporary.open();
    time = 0;
  });
  afterEach(() => temporary.close());

  it('is held by one at a time, for as long as it is heard of', async () => {
    const [first, second] = [leaseIn(temporary.store), leaseIn(other)];
    expect([await first.acquireOrRenew(), await second.acquireOrRenew()]).toEqual([true, false]);
    for (time = 500; time < 3 * EXPIRES_AFTER_MS; time += 500) {
      expect([await first.acquireOrRenew(), await second.acquireOrRenew()]).toEqual([true, false]);
    }
  });

  it('goes to another one when its holder is silent, and is not taken back', async () => {
    const [first, second] = [leaseIn(temporary.store), leaseIn(other)];
    await first.acquireOrRenew();
    await second.acquireOrRenew();
    time += EXPIRES_AFTER_MS - 1;
    expect(await second.acquireOrRenew()).toBe(false);
    time += 1;
    expect(await second.acquireOrRenew()).toBe(true);
    expect([await first.acquireOrRenew(), await second.acquireOrRenew()]).toEqual([false, true]);
  });

  it('goes to another one at once when its holder gives it up', async () => {
    const [first, second] = [leaseIn(temporary.store), leaseIn(other)];
    await first.acquireOrRenew();
    await second.acquireOrRenew();
    await first.release();
    expect([await second.acquireOrRenew(), await first.acquireOrRenew()]).toEqual([true, false]);
  });

  it('goes to another one at once when the process of its holder has ended', async () => {
    const [first, second] = [leaseIn(temporary.store), leaseIn(other)];
    await first.acquireOrRenew();
    expect(await second.acquireOrRenew()).toBe(false);
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const held = await other.get<Record<string, string>>('lease-work', 'holder');
    if (held === undefined) throw new Error('nobody holds it');
    await other.put('lease-work', [{ id: 'holder', doc: { ...held, pid } }]);
    expect(await second.acquireOrRenew()).toBe(true);
  });

  it('is taken by one of two who try at once', async () => {
    const leases = await Promise.all([0, 1, 2].map(async () => leaseIn(await temporary.open())));
    const held = await Promise.all(leases.map((lease) => lease.acquireOrRenew()));
    expect(held.filter(Boolean)).toHaveLength(1);
  });
});

describe('a leader election', () => {
  const sequence: string[] = [];
  let isHeld = true;
  let isFine = true;
  let failures = 0;
  let failure: Error | null = null;
  const lease: Lease = {
    acquireOrRenew: async () => isHeld,
    release: async () => void sequence.push('released'),
  };
  const election = () =>
    createLeaderElection({
      lease,
      start: async () => {
        if (failures-- > 0) throw new Error('not now');
        sequence.push('started');
        isFine = true;
        const heartbeat = async () => {
          if (failure !== null) throw failure;
          return isFine;
        };
        return { heartbeat, close: async () => void sequence.push('ended') };
      },
      onStandby: () => sequence.push('stands by'),
      onLeaseError: (error) => sequence.push(String(error)),
      onWorkerFailed: (error) => sequence.push(`failed: ${String(error)}`),
    });
  beforeEach(() => {
    jest.useFakeTimers();
    sequence.length = 0;
    [isHeld, isFine, failures, failure] = [true, true, 0, null];
  });
  afterEach(() => jest.useRealTimers());

  it('runs the worker while the lease is held, and never beside one that was started before', async () => {
    const elected = election();
    isHeld = false;
    await elected.start();
    await jest.advanceTimersByTimeAsync(2_000);
    expect([sequence, elected.isLeader]).toEqual([['stands by'], false]);
    isHeld = true;
    await jest.advanceTimersByTimeAsync(1_000);
    expect([sequence, elected.isLeader]).toEqual([['stands by', 'started'], true]);
    isHeld = false;
    await jest.advanceTimersByTimeAsync(1_000);
    expect(sequence).toEqual(['stands by', 'started', 'ended', 'stands by']);
    await elected.close();
    expect(sequence.at(-1)).toBe('released');
  });

  it('starts a worker anew that asks for it', async () => {
    const elected = election();
    await elected.start();
    isFine = false;
    await jest.advanceTimersByTimeAsync(1_000);
    expect(sequence).toEqual(['started', 'ended', 'started']);
    await elected.close();
  });

  it('fails to start with a worker that cannot start, and later tries again', async () => {
    failures = 1;
    await expect(election().start()).rejects.toThrow('not now');
    sequence.length = 0;
    const elected = election();
    isHeld = false;
    await elected.start();
    [isHeld, failures] = [true, 1];
    await jest.advanceTimersByTimeAsync(5_000);
    expect(sequence).toEqual(['stands by', 'failed: Error: not now', 'released', 'started']);
    await elected.close();
  });

  it('closes a worker that fails and releases the lease, and starts it again after a pause that gets longer', async () => {
    const elected = election();
    await elected.start();
    failure = new Error('the log is gone');
    await jest.advanceTimersByTimeAsync(500);
    const failing = ['failed: Error: the log is gone', 'ended', 'released'];
    expect([sequence, elected.isLeader]).toEqual([['started', ...failing], false]);
    await jest.advanceTimersByTimeAsync(1_500);
    expect(sequence).toEqual(['started', ...failing]);
    await jest.advanceTimersByTimeAsync(1_500);
    expect(sequence).toEqual(['started', ...failing, 'started', ...failing]);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(sequence).toHaveLength(8);
    failure = null;
    await jest.advanceTimersByTimeAsync(1_500);
    expect(sequence.slice(8)).toEqual(['started']);
    await elected.close();
  });

  it('leaves a worker that failed here to another process that acquired the lease meanwhile', async () => {
    const elected = election();
    await elected.start();
    failure = new Error('the log is gone');
    await jest.advanceTimersByTimeAsync(500);
    isHeld = false;
    await jest.advanceTimersByTimeAsync(3_000);
    expect(sequence.slice(-2)).toEqual(['released', 'stands by']);
    await elected.close();
  });
});
