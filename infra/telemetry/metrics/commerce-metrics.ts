import { Counter, Histogram, type Registry } from 'prom-client';
import { registerObservedGauge } from './observed-gauge.js';

/** What became of orders, and how those answer who are asked outside. Labels are words of the engine, never a client's. */
export interface CommerceMetrics {
  /** An order was confirmed, rejected (with the code it was rejected for) or cancelled. */
  orderEnded(outcome: 'confirmed' | 'rejected' | 'cancelled', code: string): void;
  /** An order says that it needs a person. */
  attentionNeeded(code: string): void;
  providerAnswered(operation: string, outcome: string, seconds: number): void;
  carrierAnswered(outcome: string, seconds: number): void;
}

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function registerCommerceMetrics(registry: Registry): CommerceMetrics {
  const orders = new Counter({
    name: 'cartwright_orders_total',
    help: 'Orders that the sagas of this process confirmed, rejected (by code) or cancelled',
    labelNames: ['outcome', 'code'],
    registers: [registry],
  });
  const attention = new Counter({
    name: 'cartwright_attention_needed_total',
    help: 'Times that an order came to need a person, by code; a try on command that is refused counts again',
    labelNames: ['code'],
    registers: [registry],
  });
  const provider = new Histogram({
    name: 'cartwright_payment_provider_seconds',
    help: 'Calls of the payment provider, by operation and outcome: succeeded, refused, unknown or error',
    labelNames: ['operation', 'outcome'],
    buckets: BUCKETS,
    registers: [registry],
  });
  const carrier = new Histogram({
    name: 'cartwright_carrier_seconds',
    help: 'Bookings at the carrier, by outcome: succeeded or error',
    labelNames: ['outcome'],
    buckets: BUCKETS,
    registers: [registry],
  });
  return {
    orderEnded: (outcome, code) => orders.labels(outcome, code).inc(),
    attentionNeeded: (code) => attention.labels(code).inc(),
    providerAnswered: (operation, outcome, seconds) => provider.labels(operation, outcome).observe(seconds),
    carrierAnswered: (outcome, seconds) => carrier.labels(outcome).observe(seconds),
  };
}

/** Shows how many promotions cannot be worked out for some carts, which are priced without them. */
export function registerPromotionGauge(registry: Registry, failing: () => Promise<number>): void {
  registerObservedGauge({
    name: 'cartwright_promotions_failing',
    help: 'Promotions without which checkouts were priced, as they could not be worked out, since they were changed last',
    labelNames: [],
    registry,
    observe: async () => [{ labels: {}, value: await failing() }],
  });
}

/** Shows how often each invariant is broken by what was looked at. */
export function registerInvariantGauge(registry: Registry, count: () => ReadonlyMap<string, number>): void {
  registerObservedGauge({
    name: 'cartwright_invariant_violations',
    help: 'Orders and SKUs in which an invariant is broken, by invariant: GET /v1/health/invariants says where',
    labelNames: ['invariant'],
    registry,
    observe: async () => [...count()].map(([invariant, value]) => ({ labels: { invariant }, value })),
  });
}

/** Shows how many orders need a person now, by reason. */
export function registerAttentionGauge(registry: Registry, count: () => Promise<ReadonlyMap<string, number>>): void {
  registerObservedGauge({
    name: 'cartwright_orders_needing_attention',
    help: 'Orders that need a person now, by reason; of more than 1000 the newest 1000 are counted',
    labelNames: ['reason'],
    registry,
    observe: async () => [...(await count())].map(([reason, value]) => ({ labels: { reason }, value })),
  });
}
