import type { SagaInstance } from './instance.js';

/** Instances in memory that are in the same phase of the same saga. */
export interface SagaPhaseCount {
  readonly saga: string;
  /** As its state calls it; `under-way` where it has no name for it, `new` before the first step. */
  readonly phase: string;
  readonly instances: number;
}

export function countPhases(instances: Iterable<SagaInstance>): readonly SagaPhaseCount[] {
  const counts = new Map<string, SagaPhaseCount>();
  for (const { saga, current } of instances) {
    const phase = phaseOf(current.state);
    const key = `${saga.name} ${phase}`;
    counts.set(key, { saga: saga.name, phase, instances: (counts.get(key)?.instances ?? 0) + 1 });
  }
  return [...counts.values()];
}

function phaseOf(state: object | null): string {
  if (state === null) return 'new';
  return 'phase' in state && typeof state.phase === 'string' ? state.phase : 'under-way';
}
