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

/** Adds work that one process at a time does, by what tells whether it is this one. */
export type ObserveDuty = (duty: string, isAtWork: () => boolean) => void;

/** Shows who is at work where one process at a time is: call what it returns for each duty of this process. */
export function registerLeaseMetrics(registry: Registry): ObserveDuty {
  const duties = new Map<string, () => boolean>();
  registerObservedGauge({
    name: 'cartwright_lease_held',
    help: '1 where this process does what one process at a time does (sagas, projections, relay), 0 where it stands by',
    labelNames: ['duty'],
    registry,
    observe: () => [...duties].map(([duty, isAtWork]) => ({ labels: { duty }, value: isAtWork() ? 1 : 0 })),
  });
  return (duty, isAtWork) => void duties.set(duty, isAtWork);
}
