import { jest } from '@jest/globals';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { collectWhenIdle } from './idle-heap.js';
import { workerEntry } from './worker-entry.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** A thread whose event loop is used for such a share of each ten seconds. */
class Thread {
  collected = 0;
  #active = 0;
  #idle = 0;
  readonly end = collectWhenIdle({
    used: () => ({ active: this.#active, idle: this.#idle, utilization: 0 }),
    collect: () => (this.collected += 1),
  });

  passes(share: number, looks: number): void {
    for (let look = 0; look < looks; look += 1) {
      this.#active += share * 10_000;
      this.#idle += (1 - share) * 10_000;
      jest.advanceTimersByTime(10_000);
    }
  }
}

test('a heap is collected once its thread has come to rest, and again after it had more to do', () => {
  const thread = new Thread();
  thread.passes(0.5, 5);
  expect(thread.collected).toBe(0);
  thread.passes(0.01, 1);
  expect(thread.collected).toBe(0);
  thread.passes(0.01, 10);
  expect(thread.collected).toBe(1);
  thread.passes(0.3, 1);
  thread.passes(0, 2);
  expect(thread.collected).toBe(2);
  thread.end();
});

test('it is never collected while there is something to do', () => {
  const thread = new Thread();
  for (let time = 0; time < 10; time += 1) {
    thread.passes(0, 1);
    thread.passes(0.05, 1);
  }
  expect(thread.collected).toBe(0);
  thread.end();
});

/** Makes garbage and has the looks of a thread at rest come at once; tells what its heap has before and after, MiB. */
const collecting = (module: URL): string => `
  import { parentPort } from 'node:worker_threads';
  import { getHeapStatistics } from 'node:v8';
  const { collectWhenIdle } = await import('${module.href}');
  const has = () => getHeapStatistics().total_physical_size / 2 ** 20;
  globalThis.setInterval = (look) => Object.assign(setTimeout(() => [look, look].forEach((one) => one())), { unref() {} });
  let garbage = Array.from({ length: 500_000 }, (_, index) => ({ index }));
  const before = has();
  garbage = null;
  collectWhenIdle({ used: () => ({ active: 0, idle: 1, utilization: 0 }) });
  setTimeout(() => parentPort.postMessage([before, has()]), 100);
`;

test('what nothing holds is given back to the system', async () => {
  jest.useRealTimers();
  const module = await workerEntry('idle-heap', import.meta.url);
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(collecting(module))}`));
  const [[before, after]] = (await once(worker, 'message')) as [[number, number]];
  expect(before).toBeGreaterThan(20);
  expect(after).toBeLessThan(15);
});
