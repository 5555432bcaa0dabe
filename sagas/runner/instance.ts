import type { Position, RecordedEvent } from '../../infra/event-store/index.js';
import type { AnySaga, CommandReply } from '../saga.js';
import type { SentCommand } from './step-record.js';
import type { OpenEvent } from './watermark.js';
import type { SteadyTime } from './steady-time.js';

export type InboxItem =
  | {
      readonly kind: 'event';
      readonly event: RecordedEvent;
      /** Null for one that was looked up again. */
      readonly open: OpenEvent | null;
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

/** What of an instance changes with a step; replaced as a whole once the step is on disk, or where the log says it already. */
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

export const NOTHING: InstanceState = {
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
  /** What is recorded; `NOTHING` also before it was looked up. */
  current: InstanceState = NOTHING;
  /** Of the saga's stream; -1 for none. */
  revision = -1;
  /** Whether `current` and `revision` are what the stream says (or said, until somebody else appends). */
  loaded = false;
  /** Another runner has recorded a step: looking it up is not a choice any more. */
  contested = false;
  readonly inbox: InboxItem[] = [];
  /** Command ids on their way. */
  readonly inFlight = new Set<string>();
  /** A turn is under way. */
  busy = false;
  /** In the queue for a turn. */
  queued = false;
  /** Has to be looked up, also without an input: there may be commands to send and timers to arm. */
  toWake = false;
  /** The event that the index says it was begun by; it is taken again where nothing else is recorded. */
  wokenBy: EventReference | null = null;
  /** Position of the last step; null for none. */
  steppedAt: Position | null = null;
  /** As the index of active instances knows it. */
  notedAt: Position | null = null;
  notedAsActive = false;
  /** Has more than replies to take, or they have waited long enough for the others of their step. */
  urgent = false;
  /** Its last turn failed for a reason of its own; it is left alone for a while. */
  resting = false;
  failures = 0;
  due = Infinity;
  slot = -1;
  private deadlines: readonly Deadline[] = [];

  constructor(
    readonly saga: AnySaga,
    readonly id: string,
    readonly stream: string,
  ) {}

  /** Somebody else appended: what we know is old. */
  forget(): void {
    this.current = NOTHING;
    this.revision = -1;
    this.steppedAt = null;
    this.loaded = false;
  }

  /** Its timers; when each is to fire is settled once, so that setting the clock afterwards does not put it off. */
  deadlinesIn(time: SteadyTime): Deadline[] {
    const known = this.deadlines;
    const deadlines = Object.entries(this.current.timers).map(
      ([key, due]) =>
        known.find((one) => one.key === key && one.due === due) ?? { key, due, deadline: time.of(Date.parse(due)) },
    );
    this.deadlines = deadlines;
    return [...deadlines];
  }

  /** Has something to do by itself, without another event, or is known by the event that began it alone. */
  get active(): boolean {
    const { done, pending, timers, begunBy } = this.current;
    return !done && (pending.size > 0 || hasKeys(timers) || begunBy !== null);
  }
}

function hasKeys(record: object): boolean {
  for (const _ in record) return true;
  return false;
}
