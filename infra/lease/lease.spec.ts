import { spawnSync } from 'node:child_process';
import { jest } from '@jest/globals';
import type { ReadStore } from '../read-store/index.js';
import { openTemporaryReadStore, type TemporaryReadStore } from '../read-store/test-support/index.js';
import { createDutyRoster, createLease, type Lease } from './index.js';
import { STALE_MS } from './lease.js';

describe('a lease', () => {
  let temporary: TemporaryReadStore;
  let other: ReadStore;
  let time = 0;
  const leaseIn = (store: ReadStore): Lease => createLease({ store, name: 'work', now: () => time });
  beforeEach(async () => {
    temporary = await openTemporaryReadStore();
    other = await temporary.open('read-write');
    time = 0;
  });
  afterEach(() => temporary.close());

  it('is held by one at a time, for as long as it is heard of', async () => {
    const [first, second] = [leaseIn(temporary.store), leaseIn(other)];
    expect([await first.beat(), await second.beat()]).toEqual([true, false]);
    for (time = 500; time < 3 * STALE_MS; time += 500) {
      expect([await first.beat(), await second.beat()]).toEqual([true, false]);
    }
  });

  it('goes to another one when its holder is silent, and is not taken back', async () => {
    const [first, second] = [leaseIn(temporary.store), leaseIn(other)];
    await first.beat();
    await second.beat();
    time += STALE_MS - 1;
    expect(await second.beat()).toBe(false);
    time += 1;
    expect(await second.beat()).toBe(true);
    expect([await first.beat(), await second.beat()]).toEqual([false, true]);
  });

  it('goes to another one at once when its holder gives it up', async () => {
    const [first, second] = [leaseIn(temporary.store), leaseIn(other)];
    await first.beat();
    await second.beat();
    await first.release();
    expect([await second.beat(), await first.beat()]).toEqual([true, false]);
  });

  it('goes to another one at once when the process of its holder has ended', async () => {
    const [first, second] = [leaseIn(temporary.store), leaseIn(other)];
    await first.beat();
    expect(await second.beat()).toBe(false);
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const held = await other.get<Record<string, string>>('lease-work', 'holder');
    if (held === undefined) throw new Error('nobody holds it');
    const gone = { id: held.id, position: held.position, doc: { ...held.doc, pid } };
    await other.commitAll([{ collection: { name: 'lease-work', version: 1 }, writes: [gone], guard: 'none' }]);
    expect(await second.beat()).toBe(true);
  });

  it('is taken by one of two who try at once', async () => {
    const leases = await Promise.all([0, 1, 2].map(async () => leaseIn(await temporary.open('read-write'))));
    const held = await Promise.all(leases.map((lease) => lease.beat()));
    expect(held.filter(Boolean)).toHaveLength(1);
  });
});

describe('a duty', () => {
  const sequence: string[] = [];
  let isHeld = true;
  let isFine = true;
  let failures = 0;
  let failure: Error | null = null;
  const lease: Lease = {
    beat: async () => isHeld,
    release: async () => void sequence.push('released'),
  };
  const roster = () =>
    createDutyRoster({
      lease,
      takeUp: async () => {
        if (failures-- > 0) throw new Error('not now');
        sequence.push('taken up');
        isFine = true;
        const attend = async () => {
          if (failure !== null) throw failure;
          return isFine;
        };
        return { attend, close: async () => void sequence.push('ended') };
      },
      onStandby: () => sequence.push('stands by'),
      onTrouble: (error) => sequence.push(String(error)),
      onFailed: (error) => sequence.push(`failed: ${String(error)}`),
    });
  beforeEach(() => {
    jest.useFakeTimers();
    sequence.length = 0;
    [isHeld, isFine, failures, failure] = [true, true, 0, null];
  });
  afterEach(() => jest.useRealTimers());

  it('is done while the lease is held, and never beside one that was taken up before', async () => {
    const duties = roster();
    isHeld = false;
    await duties.start();
    await jest.advanceTimersByTimeAsync(2_000);
    expect([sequence, duties.isAtWork]).toEqual([['stands by'], false]);
    isHeld = true;
    await jest.advanceTimersByTimeAsync(1_000);
    expect([sequence, duties.isAtWork]).toEqual([['stands by', 'taken up'], true]);
    isHeld = false;
    await jest.advanceTimersByTimeAsync(1_000);
    expect(sequence).toEqual(['stands by', 'taken up', 'ended', 'stands by']);
    await duties.close();
    expect(sequence.at(-1)).toBe('released');
  });

  it('is taken up afresh when it asks for that', async () => {
    const duties = roster();
    await duties.start();
    isFine = false;
    await jest.advanceTimersByTimeAsync(1_000);
    expect(sequence).toEqual(['taken up', 'ended', 'taken up']);
    await duties.close();
  });

  it('that cannot be taken up ends the start, and later is tried again', async () => {
    failures = 1;
    await expect(roster().start()).rejects.toThrow('not now');
    sequence.length = 0;
    const duties = roster();
    isHeld = false;
    await duties.start();
    [isHeld, failures] = [true, 1];
    await jest.advanceTimersByTimeAsync(5_000);
    expect(sequence).toEqual(['stands by', 'failed: Error: not now', 'released', 'taken up']);
    await duties.close();
  });

  it('that fails is ended and the lease given up, and taken up again after a rest that gets longer', async () => {
    const duties = roster();
    await duties.start();
    failure = new Error('the log is gone');
    await jest.advanceTimersByTimeAsync(500);
    const failing = ['failed: Error: the log is gone', 'ended', 'released'];
    expect([sequence, duties.isAtWork]).toEqual([['taken up', ...failing], false]);
    await jest.advanceTimersByTimeAsync(1_500);
    expect(sequence).toEqual(['taken up', ...failing]);
    await jest.advanceTimersByTimeAsync(1_500);
    expect(sequence).toEqual(['taken up', ...failing, 'taken up', ...failing]);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(sequence).toHaveLength(8);
    failure = null;
    await jest.advanceTimersByTimeAsync(1_500);
    expect(sequence.slice(8)).toEqual(['taken up']);
    await duties.close();
  });

  it('that failed here is left to another process that took it over meanwhile', async () => {
    const duties = roster();
    await duties.start();
    failure = new Error('the log is gone');
    await jest.advanceTimersByTimeAsync(500);
    isHeld = false;
    await jest.advanceTimersByTimeAsync(3_000);
    expect(sequence.slice(-2)).toEqual(['released', 'stands by']);
    await duties.close();
  });
});
