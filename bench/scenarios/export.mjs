// export: `export` of the command line over the log of --size N orders (default 3,000), no engine running, in each format.
// Unit: events of the log a second, and MiB resident at the peak: neither the log's length nor how many types it has may raise it.
// The start of the process is in both. An export that has fewer or more events than the log fails the round.
// Limit: none.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, temporaryDirectory } from '../support/engine.mjs';
import { filledShop } from '../support/filled-shop.mjs';
import { less, more } from '../support/metric.mjs';
import { memoryOf, usageOf } from '../support/usage.mjs';

const FORMATS = ['ndjson', 'csv', 'parquet'];

async function exportAs(format, { subject, directory }, { path, events }) {
  const out = temporaryDirectory(directory);
  const started = performance.now();
  let used = { memory: null, usage: null };
  const args = ['export', '--format', format, '--out', join(out.path, format)];
  await runCommand(subject, path, args, (pid) => {
    const now = { memory: memoryOf(pid)?.peak, usage: usageOf(pid) };
    if (now.memory !== null) used = now;
  });
  const took = (performance.now() - started) / 1000;
  const { count } = JSON.parse(readFileSync(join(out.path, format, 'manifest.json'), 'utf8'));
  out.remove();
  if (count !== events) throw new Error(`the export has ${count} events instead of ${events}`);
  const metrics = { [`${format}: events`]: more(events / took, '/s') };
  if (used.memory === null) return metrics;
  metrics[`${format}: CPU, all threads`] = less((used.usage.all / events) * 1e6, 'µs an event');
  metrics[`${format}: memory at its peak`] = less(used.memory, 'MiB');
  return metrics;
}

export default {
  about: 'the log written to files, in each format',
  limit: 'none',
  size: 3_000,
  prepare: filledShop,

  async round(options, shop) {
    const metrics = {};
    for (const format of FORMATS) Object.assign(metrics, await exportAs(format, options, shop));
    return metrics;
  },
};
