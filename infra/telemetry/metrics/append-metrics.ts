import { Counter, Histogram, type Registry } from 'prom-client';

/** Counts and times the groups in which appends are committed; call what it returns after each. */
export function registerAppendMetrics(registry: Registry): (appends: number, milliseconds: number) => void {
  const groups = new Counter({
    name: 'cartwright_append_groups_total',
    help: 'Transactions committed to the event log by this process',
    registers: [registry],
  });
  const sizes = new Histogram({
    name: 'cartwright_append_group_size',
    help: 'Appends that shared one transaction and its sync to disk',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'cartwright_commit_seconds',
    help: 'Time from handing a group to the writer until it is on disk',
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  return (appends, milliseconds) => {
    groups.inc();
    sizes.observe(appends);
    seconds.observe(milliseconds / 1000);
  };
}
