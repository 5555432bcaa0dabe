import type { Registry } from 'prom-client';
import { distance, type Position } from '../../event-store/index.js';
import { registerObservedGauge } from './observed-gauge.js';

/** Shows where the head of the log is. */
export function registerLogMetrics(registry: Registry, head: () => Promise<Position | null>): void {
  registerObservedGauge({
    name: 'cartwright_log_position',
    help: 'Position of the last event in the log; 0 while it is empty',
    registry,
    observe: async () => [{ labels: {}, value: distance(null, await head()) }],
  });
}
