// rebuild: `rebuild --all` of the command line on the log of --size N orders (default 3,000), no engine running.
// Unit: events of the log a second: each is folded into every read model, and the result compared with the live one. The start
// of the process is in it.
// Limit: twice the events a second of 45e32b1.
import { runCommand } from '../support/engine.mjs';
import { filledShop } from '../support/filled-shop.mjs';
import { less, more } from '../support/metric.mjs';
import { memoryOf, usageOf } from '../support/usage.mjs';

export default {
  about: 'all read models built anew from the log and compared with the live ones',
  limit: 'against 45e32b1: events × 2',
  size: 3_000,
  prepare: filledShop,

  async round({ subject }, { path, events }) {
    const started = performance.now();
    let used = { memory: null, usage: null };
    await runCommand(subject, path, ['rebuild', '--all'], (pid) => {
      const now = { memory: memoryOf(pid)?.peak, usage: usageOf(pid) };
      if (now.memory !== null) used = now;
    });
    const took = (performance.now() - started) / 1000;
    const metrics = { events: more(events / took, '/s'), time: less(took, 's') };
    if (used.memory === null) return metrics;
    const cpu = less((used.usage.all / events) * 1e6, 'µs an event');
    return { ...metrics, 'CPU, all threads': cpu, 'memory at its peak': less(used.memory, 'MiB') };
  },
};
