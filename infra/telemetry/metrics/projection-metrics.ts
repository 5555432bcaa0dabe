import type { Registry } from 'prom-client';
import type { Position } from '../../shared/position.js';
import { registerObservedGauge, type Observation } from './observed-gauge.js';
import { secondsSince } from './seconds-since.js';

/** How one read model stands. */
export interface ReadModelCondition {
  readonly name: string;
  /** Behind the log's head, in the log's own unit. */
  readonly lag: number;
  /** Up to where it has seen the log; null for nothing. */
  readonly position: Position | null;
  /** Keys whose events wait for a retry. */
  readonly parked: number;
  readonly state: string;
}

/** What is known of the read models, and of the log that they follow. */
export interface ReadModelSource {
  status(): Promise<readonly ReadModelCondition[]>;
  /** When the first event after this position was recorded, RFC 3339 UTC; null where there is none. */
  recordedAfter(position: Position | null): Promise<string | null>;
}

/** Shows lag, parked keys and state of every read model. */
export function registerProjectionMetrics(registry: Registry, source: ReadModelSource): void {
  const status = () => source.status();
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
    name: 'cartwright_projection_lag_seconds',
    help: 'Age of the first event of the log that a read model has not seen yet; 0 where it has seen all',
    labelNames: ['model'],
    registry,
    observe: () => lagSeconds(source),
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

/** Models at one place are one question to the log. */
async function lagSeconds(source: ReadModelSource): Promise<readonly Observation[]> {
  const recorded = new Map<Position | null, Promise<string | null>>();
  const recordedAfter = (position: Position | null): Promise<string | null> => {
    const asked = recorded.get(position) ?? source.recordedAfter(position);
    recorded.set(position, asked);
    return asked;
  };
  const models = await source.status();
  return Promise.all(
    models.map(async ({ name, lag, position }) => {
      const unseen = lag === 0 ? null : await recordedAfter(position);
      return { labels: { model: name }, value: unseen === null ? 0 : secondsSince(unseen) };
    }),
  );
}
