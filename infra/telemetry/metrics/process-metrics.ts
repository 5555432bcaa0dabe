import { Gauge, type Registry } from 'prom-client';
import { registerObservedGauge } from './observed-gauge.js';

/** Shows which build runs, on which Node. */
export function registerBuildInfo(registry: Registry, version: string): void {
  const info = new Gauge({
    name: 'cartwright_build_info',
    help: '1, with the version of the engine and of Node as labels',
    labelNames: ['version', 'node'],
    registers: [registry],
  });
  info.labels(version, process.version).set(1);
}

/** Adds an elected leader's work to the gauge, with what tells whether this process leads. */
export type ObserveLeader = (duty: string, isLeader: () => boolean) => void;

/** Registers the gauge of the leases that this process holds: call what it returns for each election that it takes part in. */
export function registerLeaseMetrics(registry: Registry): ObserveLeader {
  const leaders = new Map<string, () => boolean>();
  registerObservedGauge({
    name: 'cartwright_lease_held',
    help: '1 where this process does what one process at a time does (sagas, projections, relay), 0 where it stands by',
    labelNames: ['duty'],
    registry,
    observe: () => [...leaders].map(([duty, isLeader]) => ({ labels: { duty }, value: isLeader() ? 1 : 0 })),
  });
  return (duty, isLeader) => void leaders.set(duty, isLeader);
}
