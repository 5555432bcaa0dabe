import { mock } from 'node:test';
import fc from 'fast-check';
import { BackOff, pauseAfter, sleep } from './back-off.js';

/** Waits by a clock that only runs while somebody waits. */
function fakeWait() {
  const waits: number[] = [];
  return { waits, wait: async (milliseconds: number) => void waits.push(milliseconds) };
}

describe('the schedule of pauses', () => {
  it('doubles the pause after each failure, up to the longest', () => {
    const schedule = { firstMs: 10, longestMs: 65 };
    expect([1, 2, 3, 4, 5].map((failures) => pauseAfter(failures, schedule))).toEqual([10, 20, 40, 65, 65]);
  });

  it('takes another factor, and meets the first failures without a pause', () => {
    const schedule = { firstMs: 5, longestMs: 1_000, factor: 4, atOnce: 2 };
    expect([1, 2, 3, 4, 5].map((failures) => pauseAfter(failures, schedule))).toEqual([0, 0, 5, 20, 80]);
  });

  it('may list the pauses: the last one counts for all that follow', () => {
    expect([1, 2, 3].map((failures) => pauseAfter(failures, [1_000, 30_000]))).toEqual([1_000, 30_000, 30_000]);
  });
});

describe('a back-off', () => {
  it('pauses for at least half of what the schedule says, and never longer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 12 }), async (firstMs, failures) => {
        const { waits, wait } = fakeWait();
        const schedule = { firstMs, longestMs: 2_000 };
        expect(await new BackOff({ ...schedule, wait }).after(failures)).toBe(true);
        expect(waits[0]).toBeGreaterThanOrEqual(pauseAfter(failures, schedule) / 2);
        expect(waits[0]).toBeLessThanOrEqual(pauseAfter(failures, schedule));
      }),
    );
  });

  it('counts failures in a row, and begins anew after a success', async () => {
    const { waits, wait } = fakeWait();
    const backOff = new BackOff({ firstMs: 100, longestMs: 10_000, wait });
    for (let failures = 0; failures < 4; failures++) await backOff.next();
    backOff.reset();
    await backOff.next();
    expect(waits[3]).toBeGreaterThanOrEqual(400);
    expect(waits[4]).toBeLessThanOrEqual(100);
  });

  it('pauses no longer than the caller has time', async () => {
    const { waits, wait } = fakeWait();
    await new BackOff({ firstMs: 1_000, longestMs: 1_000, wait }).next(30);
    expect(waits).toEqual([30]);
  });

  it('gives up after so many failures', async () => {
    const backOff = new BackOff({ firstMs: 1, longestMs: 1, mostFailures: 2 });
    expect([await backOff.next(), await backOff.next(), await backOff.next()]).toEqual([true, true, false]);
  });

  it('meets conflicts again at once, then pauses ever longer, and gives up when its patience ends', async () => {
    const { waits, wait } = fakeWait();
    let now = 0;
    const clock = mock.method(performance, 'now', () => now);
    const backOff = new BackOff({ firstMs: 5, longestMs: 200, atOnce: 2, patienceMs: 1_000, wait });
    expect([await backOff.next(), await backOff.next(), waits]).toEqual([true, true, []]);
    now = 1_000;
    expect([await backOff.next(), waits.length]).toEqual([true, 1]);
    now = 1_001;
    expect([await backOff.next(), waits.length]).toEqual([false, 1]);
    clock.mock.restore();
  });

  it('ends the pause when the signal is given, and allows no other', async () => {
    const closing = new AbortController();
    const backOff = new BackOff({ firstMs: 60_000, longestMs: 60_000, signal: closing.signal });
    const paused = backOff.next();
    closing.abort();
    expect([await paused, await backOff.next(), await sleep(60_000, closing.signal)]).toEqual([false, false, false]);
  });
});
