import type { Registry } from 'prom-client';
import { registerObservedGauge } from './observed-gauge.js';

/** How what goes out stands. */
export interface RelayCondition {
  /** Between the relay's place and the log's head, in events. */
  lag(): Promise<number>;
  /** Messages that a consumer gave up on, by consumer. */
  parked(): Promise<ReadonlyMap<string, number>>;
}

/** Shows how far behind the relay is, and what waits for a retry. */
export function registerRelayMetrics(registry: Registry, condition: RelayCondition): void {
  registerObservedGauge({
    name: 'cartwright_relay_lag',
    help: 'Events of the log that the relay has not published yet',
    labelNames: [],
    registry,
    observe: async () => [{ labels: {}, value: await condition.lag() }],
  });
  registerObservedGauge({
    name: 'cartwright_parked_messages',
    help: 'Messages that a consumer gave up on and that wait for a retry; 1000 stands for as many or more',
    labelNames: ['consumer'],
    registry,
    observe: async () => [...(await condition.parked())].map(([consumer, value]) => ({ labels: { consumer }, value })),
  });
}
