// Kills the whole engine at syncs of its log and of its keys, while shoppers are about.
import { join } from 'node:path';
import { undetected } from '../books/control.mjs';
import { readEvents } from '../invariants.mjs';
import { inDirectory, pointsOf } from '../points.mjs';
import { ShopEngine } from '../shop-engine.mjs';
import { goShopping, happensMeanwhile, shoppingFaults } from '../shopping.mjs';
import { SYNCS, callsIn, filesOf, straceOf } from '../strace.mjs';

/** Fewer would mean that the wrong files were watched. */
const LEAST_SYNCS = 4;

/** How often each file is synced, by the thread that does it most, in a run that nothing ends. */
async function countSyncs(directory, seed, databases) {
  const output = join(directory, 'calls');
  const paths = databases.flatMap((database) => filesOf(join(directory, 'data', database)));
  const engine = await ShopEngine.over(join(directory, 'data'));
  await engine.start({ runBy: straceOf({ paths, calls: SYNCS, output }) });
  const shoppers = await goShopping(engine, seed);
  const failures = [...(await shoppingFaults(engine, shoppers)), ...undetected(await readEvents(engine), seed)];
  await engine.kill();
  const calls = await callsIn(output);
  const counts = databases.map((database) => {
    const byThread = new Map();
    for (const { thread, line } of calls)
      if (line.includes(`/${database}`)) byThread.set(thread, (byThread.get(thread) ?? 0) + 1);
    return { database, syncs: Math.max(0, ...byThread.values()) };
  });
  return { counts, failures };
}

/** Kills it at this sync, and lets everybody shop on when it runs again. */
async function killedAt({ database, point }, seed, directory) {
  const what = `the engine killed at sync ${point} of ${database}`;
  const engine = await ShopEngine.over(join(directory, 'data'));
  const paths = filesOf(join(directory, 'data', database));
  engine.launch({ runBy: straceOf({ paths, calls: SYNCS, inject: `signal=KILL:when=${point}`, output: '/dev/null' }) });
  const shopping = goShopping(engine, seed);
  if (!(await happensMeanwhile(engine.ended, shopping))) {
    await engine.kill();
    return [`${what}: it did not die of it`];
  }
  const code = await engine.ended;
  if (code !== null) return [`${what}: it ended with ${code}`];
  await engine.start();
  const faults = await shoppingFaults(engine, await shopping);
  const ended = await engine.stop();
  if (ended !== 0) faults.push(`it stopped with ${ended}`);
  return faults.map((fault) => `${what}: ${fault}`);
}

/** @returns the points that were reached, and what did not hold */
export async function killEngine({ seed, isShort, log }) {
  const { counts, failures } = await inDirectory((directory) => countSyncs(directory, seed, ['events.db', 'keys.db']));
  const reached = [];
  for (const { database, syncs } of counts) {
    if (syncs < LEAST_SYNCS) throw new Error(`${database} was synced ${syncs} times`);
    const all = Array.from({ length: syncs }, (_, index) => index + 1);
    const points = pointsOf(all, { seed, ...(isShort && { most: 1 }) });
    for (const [index, point] of points.entries()) {
      const kill = { database, point };
      failures.push(...(await inDirectory((directory) => killedAt(kill, seed + index, directory))));
      log(`the engine: killed at sync ${point} of ${database}, ${index + 1} of ${points.length}`);
    }
    reached.push(`${points.length} of ${syncs} syncs of ${database}`);
  }
  return { reached: `the engine at ${reached.join(' and ')}`, failures };
}
