import { Counter, type Registry } from 'prom-client';
import { distance, type Position } from '../../shared/position.js';
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

/** Counts how often the event store has ended the subscription as too slow; call what it returns each time. */
export function registerDropMetrics(registry: Registry): () => void {
  const drops = new Counter({
    name: 'cartwright_log_subscription_drops_total',
    help: 'How often the event store ended the subscription to the log as this process took events too slowly',
    registers: [registry],
  });
  return () => drops.inc();
}

export interface LogFileSize {
  /** The log with what was not merged into it yet. */
  readonly bytes: number;
  /** That its disk still has for this process. */
  readonly freeBytes: number;
}

/** Shows how large the log's files are, and how much their disk still takes. */
export function registerLogFileMetrics(registry: Registry, measure: () => Promise<LogFileSize>): void {
  registerObservedGauge({
    name: 'cartwright_log_bytes',
    help: 'Size of the log on disk, with its write-ahead log',
    registry,
    observe: async () => [{ labels: {}, value: (await measure()).bytes }],
  });
  registerObservedGauge({
    name: 'cartwright_log_disk_free_bytes',
    help: 'Bytes that the disk of the log still takes',
    registry,
    observe: async () => [{ labels: {}, value: (await measure()).freeBytes }],
  });
}
