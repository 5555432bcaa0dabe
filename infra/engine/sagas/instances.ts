import { LRUCache } from 'lru-cache';
import type { RecordedEvent } from '../../event-store/index.js';
import { growingTo } from '../../shared/growing-cache.js';
import type { Position } from '../../shared/position.js';
import type { EventReference, OpenEvent } from './cursor.js';
import type { AnySaga, CommandReply, SagaEvent, SentCommand } from './saga.js';
import type { SagaPhaseCount } from './saga-runner.js';

export type InboxItem =
  | {
      readonly kind: 'event';
      readonly event: RecordedEvent;
      /** Its place in the watermark; null for an event that was read again. */
      readonly open: OpenEvent | null;
    }
  | {
      /** An event that is about to be recorded. */
      readonly kind: 'expected';
      readonly event: SagaEvent;
    }
  | {
      readonly kind: 'reply';
      readonly sent: SentCommand;
      readonly reply: CommandReply;
      /** The last event that the command recorded. */
      readonly lastEventId: string | null;
    }
  | { readonly kind: 'timeout'; readonly key: string; readonly due: string };

/** The state that a step replaces as a whole, once the step is on disk or where the log holds it already. */
export interface InstanceState {
  readonly state: object | null;
  readonly pending: ReadonlyMap<string, SentCommand>;
  /** Due times by key. */
  readonly timers: Readonly<Record<string, string>>;
  readonly done: boolean;
  readonly position: Position | null;
  readonly seed: string;
  /** The last business event that led to a step. */
  readonly cause: string;
  readonly correlationId: string;
  readonly traceparent: string | undefined;
  /** When its first step was taken, RFC 3339 UTC; empty before it. */
  readonly since: string;
  /** The event that began it, which is its record until there is another; null from then on. */
  readonly begunBy: EventReference | null;
}

export const NOT_BEGUN: InstanceState = {
  state: null,
  pending: new Map(),
  timers: {},
  done: false,
  position: null,
  seed: '',
  cause: '',
  correlationId: '',
  traceparent: undefined,
  since: '',
  begunBy: null,
};

/** A timer of an instance and when it fires, in steady time. */
export interface Deadline {
  readonly key: string;
  readonly due: string;
  readonly deadline: number;
}

/** One running saga in memory. */
export class SagaInstance {
  /** The recorded state; `NOT_BEGUN` also before it was loaded. */
  current: InstanceState = NOT_BEGUN;
  /** Of the saga's stream; -1 for none. */
  revision = -1;
  /** Whether `current` and `revision` are those of the stream (or were, until another runner appends). */
  loaded = false;
  /** Another runner has recorded a step: the instance must be loaded, however young it is. */
  contested = false;
  inbox: InboxItem[] = [];
  /** Id of an event whose step was recorded with it, so that it is ignored when it is handed over; null for none. */
  takenInline: string | null = null;
  /** Ids of commands under way. */
  readonly inFlight = new Set<string>();
  /** A step is being taken. */
  busy = false;
  /** The scheduler has queued it for a step. */
  queued = false;
  /** It is to be loaded also without an input: there may be commands to send and timers to schedule. */
  toResume = false;
  /** The event that began it, by the index; it is taken again where nothing else is recorded. */
  resumedFrom: EventReference | null = null;
  /** Position of the last step; null for none. */
  steppedAt: Position | null = null;
  /** The position at which the index of active instances has it. */
  indexedAt: Position | null = null;
  indexedAsActive = false;
  /** It has more than replies to take, or they have waited long enough for the others of their step. */
  urgent = false;
  /** Its last step failed for a reason of its own; the next try waits. */
  backingOff = false;
  failures = 0;
  /** When its timers fire. */
  deadlines: readonly Deadline[] = [];
  due = Infinity;
  slot = -1;

  constructor(
    readonly saga: AnySaga,
    readonly id: string,
    readonly stream: string,
  ) {}

  /** Takes over where a step of it was recorded last. */
  steppedTo({ revision, position }: Pick<RecordedEvent, 'revision' | 'position'>): void {
    this.revision = revision;
    this.steppedAt = position;
  }

  /** Forgets the state, which is old because another runner appended. */
  forget(): void {
    this.current = NOT_BEGUN;
    this.revision = -1;
    this.steppedAt = null;
    this.loaded = false;
  }

  /** Whether it waits for a reply or a timer, or is recorded by the event that began it alone. */
  get active(): boolean {
    const { done, pending, timers, begunBy } = this.current;
    return !done && (pending.size > 0 || hasKeys(timers) || begunBy !== null);
  }
}

function hasKeys(record: object): boolean {
  for (const _ in record) return true;
  return false;
}

/** Finished instances that are remembered: what still comes for them need not be looked up in the store. */
const REMEMBER_FINISHED = 20_000;

/** Knows the sagas by the events that they follow, and their instances in memory by stream. */
export class SagaRegistry {
  private readonly sagas = new Map<string, AnySaga>();
  private readonly byType = new Map<string, AnySaga[]>();
  private readonly inline = new Map<string, AnySaga>();
  private readonly instances = new Map<string, SagaInstance>();
  private readonly finished = new LRUCache<string, true>(growingTo(REMEMBER_FINISHED));

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
