import type { Registry } from 'prom-client';
import { registerObservedGauge } from './observed-gauge.js';
import { secondsSince } from './seconds-since.js';

/** How many sagas are in a phase. */
export interface SagaPhase {
  readonly saga: string;
  readonly phase: string;
  readonly instances: number;
  /** When the oldest of them began, RFC 3339 UTC; null where none has. */
  readonly since: string | null;
}

/** What the sagas of this process tell of themselves. */
export interface ObservedSagas {
  /** Those in memory: with an input, an unanswered command or a timer. */
  phases(): readonly SagaPhase[];
  /** `work`: inputs that are not recorded yet, turns and unanswered commands; 0 is rest. */
  status(): { readonly work: number };
}

/** Shows what the sagas have to do, and in which phases they are. */
export function registerSagaMetrics(registry: Registry, sagas: ObservedSagas): void {
  registerObservedGauge({
    name: 'cartwright_saga_instances',
    help: 'Sagas under way in this process (an input, an unanswered command or a timer), by phase',
    labelNames: ['saga', 'phase'],
    registry,
    observe: () => sagas.phases().map(({ saga, phase, instances }) => ({ labels: { saga, phase }, value: instances })),
  });
  registerObservedGauge({
    name: 'cartwright_saga_oldest_seconds',
    help: 'Age of the oldest saga under way in this process, by the phase that it is in now',
    labelNames: ['saga', 'phase'],
    registry,
    observe: () =>
      sagas
        .phases()
        .flatMap(({ saga, phase, since }) =>
          since === null ? [] : [{ labels: { saga, phase }, value: secondsSince(since) }],
        ),
  });
  registerObservedGauge({
    name: 'cartwright_saga_work',
    help: 'Inputs that are not recorded yet, turns and unanswered commands of all sagas; 0 is rest',
    registry,
    observe: () => [{ labels: {}, value: sagas.status().work }],
  });
}
