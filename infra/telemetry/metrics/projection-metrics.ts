import type { Registry } from 'prom-client';
import { registerObservedGauge, type Observation } from './observed-gauge.js';

/** How one read model stands. */
export interface ReadModelCondition {
  readonly name: string;
  /** Behind the log's head, in the log's own unit. */
  readonly lag: number;
  /** Keys whose events wait for a retry. */
  readonly parked: number;
  readonly state: string;
}

/** Shows lag, parked keys and state of every read model. */
export function registerProjectionMetrics(
  registry: Registry,
  status: () => Promise<readonly ReadModelCondition[]>,
): void {
  const perModel = (valueOf: (model: ReadModelCondition) => number) => async (): Promise<readonly Observation[]> =>
    (await status()).map((model) => ({ labels: { model: model.name }, value: valueOf(model) }));
  registerObservedGauge({
    name: 'cartwright_projection_lag',
    help: 'Events of the log that a read model has not seen yet',
    labelNames: ['model'],
    registry,
    observe: perModel(({ lag }) => lag),
  });
  registerObservedGauge({
    name: 'cartwright_projection_parked',
    help: 'Keys of a read model whose events could not be applied and wait for a retry',
    labelNames: ['model'],
    registry,
    observe: perModel(({ parked }) => parked),
  });
  registerObservedGauge({
    name: 'cartwright_projection_state',
    help: '1 for the state that a read model is in: live, catching-up, building or stopped',
    labelNames: ['model', 'state'],
    registry,
    observe: async () => (await status()).map(({ name, state }) => ({ labels: { model: name, state }, value: 1 })),
  });
}
