import { LRUCache } from 'lru-cache';
import type { AnySaga, SagaEvent } from './saga.js';
import { SagaInstance } from './instance.js';
import type { SagaPhaseCount } from './saga-runner.js';

/** Finished instances that are remembered: what still comes for them need not be looked up in the store. */
const REMEMBER_FINISHED = 20_000;

/** Knows the sagas by the events that they follow, and their instances in memory by stream. */
export class SagaRegistry {
  private readonly sagas = new Map<string, AnySaga>();
  private readonly byType = new Map<string, AnySaga[]>();
  private readonly inline = new Map<string, AnySaga>();
  private readonly instances = new Map<string, SagaInstance>();
  private readonly finished = new LRUCache<string, true>({ max: REMEMBER_FINISHED });

  /** @throws Error a saga follows the events of sagas */
  constructor(sagas: readonly AnySaga[]) {
    for (const saga of sagas) this.register(saga);
  }

  /** Instances in memory. */
  get size(): number {
    return this.instances.size;
  }

  all(): Iterable<SagaInstance> {
    return this.instances.values();
  }

  named(name: string): AnySaga | undefined {
    return this.sagas.get(name);
  }

  following(type: string): readonly AnySaga[] {
    return this.byType.get(type) ?? [];
  }

  /** The saga that takes its step before an event of this type is recorded. */
  inlineAt(type: string): AnySaga | undefined {
    return this.inline.get(type);
  }

  /** The instance that the event belongs to; null where it belongs to none, or to one that has finished. */
  instanceFor(saga: AnySaga, { type, data }: SagaEvent): SagaInstance | null {
    const id = saga.on[type]?.id(data) ?? null;
    return id === null || this.finished.has(streamOf(saga.name, id)) ? null : this.instanceOf(saga, id);
  }

  instanceOf(saga: AnySaga, id: string): SagaInstance {
    const stream = streamOf(saga.name, id);
    let instance = this.instances.get(stream);
    if (instance === undefined) this.instances.set(stream, (instance = new SagaInstance(saga, id, stream)));
    return instance;
  }

  /** The instance as it is recorded; null where that is not known, or where inputs wait to be taken before. */
  idleInstanceFor(saga: AnySaga, { type, data }: SagaEvent): SagaInstance | null {
    const id = saga.on[type]?.id(data) ?? null;
    if (id === null || this.finished.has(streamOf(saga.name, id))) return null;
    const known = this.instances.get(streamOf(saga.name, id));
    if (known !== undefined) return isIdle(known) ? known : null;
    if (saga.on[type]?.begins?.(data) !== true) return null;
    const instance = this.instanceOf(saga, id);
    // Nothing can be recorded of it: the event that begins it is not.
    instance.loaded = true;
    return instance;
  }

  /** Drops an instance from memory that has nothing to do, and remembers one that has finished. */
  dropIfIdle(instance: SagaInstance): void {
    const { stream, current, inbox, active } = instance;
    if (current.done) this.finished.set(stream, true);
    const isUnused = !active && (current.done || inbox.length === 0);
    if (isUnused && this.instances.get(stream) === instance) this.instances.delete(stream);
  }

  /** Counts the instances in memory by saga and phase. */
  phases(): readonly SagaPhaseCount[] {
    const counts = new Map<string, SagaPhaseCount>();
    for (const { saga, current } of this.instances.values()) {
      const phase = phaseOf(current.state);
      const key = `${saga.name} ${phase}`;
      const known = counts.get(key);
      const since = earlier(known?.since ?? null, current.since);
      counts.set(key, { saga: saga.name, phase, instances: (known?.instances ?? 0) + 1, since });
    }
    return [...counts.values()];
  }

  private register(saga: AnySaga): void {
    this.sagas.set(saga.name, saga);
    for (const [type, { inline }] of Object.entries(saga.on)) {
      if (type.startsWith('saga.')) throw new Error(`saga ${saga.name} must not follow sagas: ${type}`);
      if (inline === true) this.inline.set(type, saga);
      const known = this.byType.get(type);
      if (known === undefined) this.byType.set(type, [saga]);
      else known.push(saga);
    }
  }
}

const isIdle = ({ loaded, busy, queued, backingOff, inbox, toResume, current }: SagaInstance): boolean =>
  loaded && !busy && !queued && !backingOff && inbox.length === 0 && !toResume && !current.done;

const streamOf = (saga: string, id: string): string => `saga-${saga}-${id}`;

function phaseOf(state: object | null): string {
  if (state === null) return 'new';
  return 'phase' in state && typeof state.phase === 'string' ? state.phase : 'under-way';
}

function earlier(known: string | null, since: string): string | null {
  if (since === '') return known;
  return known === null || since < known ? since : known;
}
