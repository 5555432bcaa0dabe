// Load: so many clients, each of which does its work over and over.
import { RawClient } from './raw-client.mjs';

/**
 * Runs `work(client, index)` over and over with so many clients at once; the first failure ends it.
 * @returns how often it was done, how often a second, and how long each took, ms
 */
export async function closedLoop({ port, clients, seconds }, work) {
  const started = performance.now();
  const until = started + seconds * 1000;
  const times = [];
  await Promise.all(
    Array.from({ length: clients }, async (_, index) => {
      const client = new RawClient(port);
      while (performance.now() < until) {
        const began = performance.now();
        await work(client, index);
        times.push(performance.now() - began);
      }
      client.close();
    }),
  );
  return { count: times.length, perSecond: (times.length / (performance.now() - started)) * 1000, times };
}

/** Runs `work(client, item)` once for each item, with so many clients at once; answers what came of each, in order. */
export async function eachOnce({ port, clients = 16 }, items, work) {
  const results = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(clients, items.length) }, async () => {
      const client = new RawClient(port);
      while (next < items.length) {
        const at = next++;
        results[at] = await work(client, items[at]);
      }
      client.close();
    }),
  );
  return results;
}
