import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { startThread } from './start-thread.js';

/** Allocates until its heap has been collected some times; tells the room that it had for young objects, MiB. */
const ALLOCATES = `
  import { parentPort } from 'node:worker_threads';
  import { getHeapSpaceStatistics } from 'node:v8';
  const room = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size / 2 ** 20;
  let [most, kept] = [0, []];
  for (let made = 0; made < 5_000_000; made += 1) {
    kept.push({ made });
    if (kept.length === 400_000) kept = kept.slice(200_000);
    if (made % 10_000 === 0) most = Math.max(most, room());
  }
  parentPort.postMessage(most);
`;

const roomOf = async (youngMib: number): Promise<number> => {
  const entry = new URL(`data:text/javascript,${encodeURIComponent(ALLOCATES)}`);
  const [most] = await once(startThread(entry, { name: 'test', workerData: null, youngMib }), 'message');
  return Number(most);
};

test('a thread has the room for young objects that it was given, whatever the process has', async () => {
  setFlagsFromString('--max-semi-space-size=64');
  expect(await roomOf(6)).toBeLessThan(8);
  setFlagsFromString('--max-semi-space-size=64');
  expect(await roomOf(48)).toBeGreaterThan(16);
});
