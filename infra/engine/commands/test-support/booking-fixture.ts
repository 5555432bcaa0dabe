import { randomUUID } from 'node:crypto';
import { accept, refuse, type Aggregate, type DomainEvent } from '../../../../domain/shared/index.js';
import { WrongExpectedRevisionError, type EventStore, type RecordedEvent } from '../../../event-store/index.js';
import { openTemporaryEventStore } from '../../../event-store/test-support/open-temporary-event-store.js';
import type { CommandContext, Outcome } from '../command-executor.js';
import { QueueingExecutor } from '../executor.js';
import type { Snapshot, SnapshotStore } from '../snapshot-store.js';
import type { FollowUps } from '../unit-of-work.js';

/** Seats of a show: enough of an aggregate to see every way of the executor. */
export type Seated = DomainEvent<'seats.taken.v1', { readonly seats: number }>;
export interface Take {
  readonly type: 'take';
  readonly seats: number;
}
interface Seats {
  taken: number;
}
export const CAPACITY = 10;

export const seats: Aggregate<Seats, Take, Seated> = {
  category: 'seats',
  decider: {
    initialState: () => ({ taken: 0 }),
    decide: ({ seats: wanted }, state) => {
      if (wanted < 0) throw new Error('a bug');
      if (wanted === 0) return accept();
      if (state.taken + wanted > CAPACITY) return refuse('SEATS.FULL', 'No seats left.');
      return accept<Seated>({ type: 'seats.taken.v1', data: { seats: wanted } });
    },
    evolve: (state, { data }) => {
      state.taken += data.seats;
      return state;
    },
  },
  snapshot: { version: 1, write: ({ taken }) => ({ taken }), read: ({ taken }) => ({ taken: Number(taken) }) },
};

class MemorySnapshots implements SnapshotStore {
  readonly saved = new Map<string, Snapshot>();
  async load(stream: string): Promise<Snapshot | undefined> {
    return this.saved.get(stream);
  }
  async save(stream: string, snapshot: Snapshot): Promise<void> {
    this.saved.set(stream, snapshot);
  }
}

export const contextOf = (options: Partial<CommandContext> = {}): CommandContext => ({
  commandId: randomUUID(),
  correlationId: 'test',
  causationId: null,
  actor: 'test',
  repeatable: false,
  ...options,
});

export interface TakeOptions {
  readonly context?: Partial<CommandContext>;
  readonly expectedRevision?: readonly number[];
  readonly id?: string;
  readonly creates?: boolean;
}

export function take(executor: QueueingExecutor, wanted: number, options: TakeOptions = {}): Promise<Outcome<number>> {
  const { context, id = 'hall', ...rest } = options;
  return executor.execute({
    aggregate: seats,
    id,
    command: { type: 'take', seats: wanted },
    context: contextOf(context),
    ...rest,
    answer: ({ taken }) => taken,
  });
}

/** Seats over a log of their own. */
export class BookingFixture {
  readonly snapshots = new MemorySnapshots();

  private constructor(
    readonly store: EventStore,
    readonly close: () => Promise<void> | void,
  ) {}

  static over(store: EventStore): BookingFixture {
    return new BookingFixture(store, () => store.close());
  }

  static async open(): Promise<BookingFixture> {
    const { store, cleanup } = await openTemporaryEventStore();
    return new BookingFixture(store, cleanup);
  }

  /** Another process, as it were. */
  executor(store: EventStore = this.store, followUps: FollowUps | null = null): QueueingExecutor {
    const executor = new QueueingExecutor({ store, snapshots: this.snapshots });
    executor.followUps = followUps;
    return executor;
  }

  /** The store with another way to do one of its methods. */
  storeWith(replaced: Partial<EventStore>): EventStore {
    return new Proxy(this.store, {
      get: (target, name) => {
        const other: unknown = Reflect.get(replaced, name);
        const member: unknown = other ?? Reflect.get(target, name);
        return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      },
    });
  }

  /** The store as EventStoreDB, which looks at revisions before it looks at ids. */
  byRevisionAlone(): EventStore {
    return this.storeWith({
      append: async (stream, events, expected) => {
        const revision = (await this.recorded(stream)).length - 1;
        if (expected !== (revision < 0 ? 'no-stream' : revision))
          throw new WrongExpectedRevisionError(stream, expected, revision);
        return this.store.append(stream, events, expected);
      },
    });
  }

  /** Keeps a snapshot of the newest state: whoever loads it does not know the commands that led to it. */
  async keepSnapshot(id = 'hall'): Promise<void> {
    const stream = `seats-${id}`;
    const recorded = await this.recorded(stream);
    const last = recorded.at(-1);
    if (last === undefined) throw new Error(`there is no ${stream}`);
    const taken = recorded.reduce((sum, { data }) => sum + Number(data['seats']), 0);
    const { revision, position } = last;
    this.snapshots.saved.set(stream, { version: 1, revision, position, state: { taken } });
  }

  async recorded(stream = 'seats-hall'): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for await (const event of this.store.read(stream)) events.push(event);
    return events;
  }
}
