import type { Position } from '../../shared/position.js';
import type { RecordedEvent } from '../../event-store/index.js';
import type { AnySaga, CommandReply, SagaEvent } from './saga.js';
import type { SentCommand } from './step-record.js';
import type { OpenEvent } from './watermark.js';
import type { SteadyTime } from './clock.js';

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

/** Where an event is recorded. */
export interface EventReference {
  readonly stream: string;
  readonly revision: number;
}

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
interface Deadline {
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
  due = Infinity;
  slot = -1;
  private deadlines: readonly Deadline[] = [];

  constructor(
    readonly saga: AnySaga,
    readonly id: string,
    readonly stream: string,
  ) {}

  /** Forgets the state, which is old because another runner appended. */
  forget(): void {
    this.current = NOT_BEGUN;
    this.revision = -1;
    this.steppedAt = null;
    this.loaded = false;
  }

  /** Computes when each timer fires, once a timer, so that setting the clock afterwards does not put it off. */
  deadlinesIn(time: SteadyTime): Deadline[] {
    const known = this.deadlines;
    const deadlines = Object.entries(this.current.timers).map(
      ([key, due]) =>
        known.find((one) => one.key === key && one.due === due) ?? { key, due, deadline: time.of(Date.parse(due)) },
    );
    this.deadlines = deadlines;
    return [...deadlines];
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
