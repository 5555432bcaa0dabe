// What a load costs the engine: processor time by thread, memory, disk, events and commits for each unit of work.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { scrape, settled } from './engine.mjs';
import { less } from './metric.mjs';
import { cpuBetween } from './usage.mjs';

const MICRO = 1e6;
/** So many threads beside the first are told one by one: the log's writer, the projections, the keys. */
const THREADS = 3;

/** Reads what has been used so far, also by the server that holds the log, where there is one; the read models have caught up. */
export async function reading(engine, logServer) {
  await settled(engine);
  const own = process.cpuUsage();
  const log = logServer?.usage() ?? null;
  return { usage: engine.usage(), log, counters: await scrape(engine), load: (own.user + own.system) / MICRO };
}

function cpuMetrics(before, after, { units, unit }) {
  const micros = (seconds) => less((seconds / units) * MICRO, `µs ${unit}`);
  const load = { 'CPU of the load generator': micros(after.load - before.load) };
  if (before.usage === null || after.usage === null) return load;
  const { all, main, others } = cpuBetween(before.usage, after.usage);
  const named = others.slice(0, THREADS).map((seconds, index) => [`CPU, thread ${index + 2}`, micros(seconds)]);
  return {
    'CPU, all threads': micros(all),
    'CPU, main thread': micros(main),
    ...Object.fromEntries(named),
    'CPU, other threads': micros(all - main - others.slice(0, THREADS).reduce((sum, one) => sum + one, 0)),
    'written to disk': less((after.usage.written - before.usage.written) / units / 1024, `KiB ${unit}`),
    ...(before.log === null ? {} : { 'CPU of the log server': micros(after.log.all - before.log.all) }),
    ...load,
  };
}

/** What the engine counts itself, where its revision counts it. */
function counted(before, after, { units, unit }) {
  const COUNTERS = { events: 'cartwright_log_position', commits: 'cartwright_append_groups_total' };
  return Object.fromEntries(
    Object.entries(COUNTERS)
      .filter(([, metric]) => before.counters[metric] !== undefined)
      .map(([name, metric]) => [name, less((after.counters[metric] - before.counters[metric]) / units, unit)]),
  );
}

/** Metrics between two readings; `unit` is such as "an order". */
export const ledger = (engine, [before, after], work) => ({
  ...cpuMetrics(before, after, work),
  ...counted(before, after, work),
  ...memory(engine),
});

export function memory(engine) {
  const used = engine.memory();
  return used === null ? {} : { 'memory at its peak': less(used.peak, 'MiB') };
}

/** Size of the log of a stopped engine whose last reading this is; none where the log is elsewhere. */
export function logSize(directory, { counters }) {
  const file = statSync(join(directory, 'events.db'), { throwIfNoEntry: false });
  if (file === undefined) return {};
  return { 'size of the log': less(file.size / counters.cartwright_log_position, 'bytes an event') };
}
