import fc from 'fast-check';
import { ManualClock } from './test-support/manual-clock.js';
import { SteadyTime, TimerQueue, type Timed } from './timers.js';

type Item = Timed & { readonly name: number };

const ascending = (a: number, b: number): number => a - b;

describe('timer queue', () => {
  it('fires what is due, earliest first, and nothing that was moved or taken away', () => {
    const change = fc.record({ item: fc.nat(9), due: fc.option(fc.nat(1_000), { freq: 4 }) });
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const clock = new ManualClock();
        const time = new SteadyTime(clock);
        const start = time.now();
        const fired: Item[] = [];
        const queue = new TimerQueue<Item>(time, (item) => fired.push(item));
        const items = Array.from({ length: 10 }, (_, name): Item => ({ name, due: Infinity, slot: -1 }));
        const expected = new Map<number, number>();
        for (const { item, due } of changes) {
          const changed = items[item];
          if (changed === undefined) continue;
          queue.set(changed, due === null ? null : start + 1 + due);
          if (due === null) expected.delete(item);
          else expected.set(item, start + 1 + due);
        }
        expect(queue.size).toBe(expected.size);
        clock.advance(500);
        expect(fired.map(({ due }) => due)).toEqual(
          [...expected.values()].filter((due) => due <= start + 500).sort(ascending),
        );
        clock.advance(501);
        expect(fired.map(({ due }) => due)).toEqual([...expected.values()].sort(ascending));
        expect(new Set(fired.map(({ name }) => name))).toEqual(new Set(expected.keys()));
      }),
    );
  });

  it('wakes for an earlier timer than the one it waits for, and not after it was stopped', () => {
    const clock = new ManualClock();
    const fired: number[] = [];
    const time = new SteadyTime(clock);
    const queue = new TimerQueue<Item>(time, ({ name }) => fired.push(name));
    queue.set({ name: 1, due: 0, slot: -1 }, time.now() + 2_000);
    queue.set({ name: 2, due: 0, slot: -1 }, time.now() + 1_000);
    clock.advance(1_000);
    expect(fired).toEqual([2]);
    queue.stop();
    clock.advance(5_000);
    expect(fired).toEqual([2]);
  });

  const HOUR = 3_600_000;

  it.each([
    ['put back by an hour', -HOUR, 5_000],
    ['put back again and again', -24 * HOUR, 5_000],
  ])('fires in time where the clock is %s', (_how, jump, wait) => {
    const clock = new ManualClock();
    const time = new SteadyTime(clock);
    const fired: number[] = [];
    const queue = new TimerQueue<Item>(time, ({ name }) => fired.push(name));
    queue.set({ name: 1, due: 0, slot: -1 }, time.of(clock.now() + wait));
    clock.set(jump / 2);
    clock.advance(wait - 1);
    clock.set(jump / 2);
    expect(fired).toEqual([]);
    clock.advance(1);
    expect(fired).toEqual([1]);
  });

  it('fires within ten seconds of running what came due while the machine slept', () => {
    const clock = new ManualClock();
    const time = new SteadyTime(clock);
    const fired: number[] = [];
    const queue = new TimerQueue<Item>(time, ({ name }) => fired.push(name));
    queue.set({ name: 1, due: 0, slot: -1 }, time.of(clock.now() + 2 * HOUR));
    queue.set({ name: 2, due: 0, slot: -1 }, time.of(clock.now() + 4 * HOUR));
    clock.advance(1_000);
    clock.set(3 * HOUR);
    clock.advance(9_000);
    expect(fired).toEqual([1]);
  });
});
