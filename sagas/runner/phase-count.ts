import type { SagaInstance } from './instance.js';

/** Instances in memory that are in the same phase of the same saga. */
export interface SagaPhaseCount {
  readonly saga: string;
  /** As its state calls it; `under-way` where it has no name for it, `new` before the first step. */
  readonly phase: string;
  readonly instances: number;
  /** When the oldest of them began, RFC 3339 UTC; null while none has taken its first step. */
  readonly since: string | null;
}

export function countPhases(instances: Iterable<SagaInstance>): readonly SagaPhaseCount[] {
  const counts = new Map<string, SagaPhaseCount>();
  for (const { saga, current } of instances) {
    const phase = phaseOf(current.state);
    const key = `${saga.name} ${phase}`;
    const known = counts.get(key);
    const since = earlier(known?.since ?? null, current.since);
    counts.set(key, { saga: saga.name, phase, instances: (known?.instances ?? 0) + 1, since });
  }
  return [...counts.values()];
}

function earlier(known: string | null, since: string): string | null {
  if (since === '') return known;
  return known === null || since < known ? since : known;
}

function phaseOf(state: object | null): string {
  if (state === null) return 'new';
  return 'phase' in state && typeof state.phase === 'string' ? state.phase : 'under-way';
}
