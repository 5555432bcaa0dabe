import { randomUUID } from 'node:crypto';
import { accept, refuse, type Aggregate, type DomainEvent } from '../../../domain/shared/index.js';
import {
  UnknownOutcomeError,
  StoreUnavailableError,
  type EventStore,
  type RecordedEvent,
} from '../../../infra/event-store/index.js';
import { openTemporaryEventStore } from '../../../infra/event-store/test-support/open-temporary-event-store.js';
import type { CommandContext, Outcome } from '../command-executor.js';
import { QueueingExecutor } from './executor.js';
import type { Snapshot, SnapshotStore } from './snapshot-store.js';

/** Seats of a show: enough of an aggregate to see every way of the executor. */
type Seated = DomainEvent<'seats.taken.v1', { readonly seats: number }>;
interface Take {
  readonly type: 'take';
  readonly seats: number;
}
interface Seats {
  taken: number;
}
const CAPACITY = 10;
const seats: Aggregate<Seats, Take, Seated> = {
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

let temporary: Awaited<ReturnType<typeof openTemporaryEventStore>>;
let store: EventStore;
let snapshots: MemorySnapshots;
beforeEach(async () => {
  temporary = await openTemporaryEventStore();
  store = temporary.store;
  snapshots = new MemorySnapshots();
});
afterEach(() => temporary.cleanup());

const executorOver = (events: EventStore = store): QueueingExecutor =>
  new QueueingExecutor({ store: events, snapshots });
const contextOf = (options: Partial<CommandContext> = {}): CommandContext => ({
  commandId: randomUUID(),
  correlationId: 'test',
  causationId: null,
  actor: 'test',
  repeatable: false,
  ...options,
});
interface TakeOptions {
  readonly context?: Partial<CommandContext>;
  readonly expectedRevision?: readonly number[];
  readonly id?: string;
}
const take = (executor: QueueingExecutor, wanted: number, options: TakeOptions = {}): Promise<Outcome<number>> =>
  executor.execute({
    aggregate: seats,
    id: options.id ?? 'hall',
    command: { type: 'take', seats: wanted },
    context: contextOf(options.context),
    ...(options.expectedRevision !== undefined && { expectedRevision: options.expectedRevision }),
    answer: ({ taken }) => taken,
  });
const recorded = async (stream = 'seats-hall'): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for await (const event of store.read(stream)) events.push(event);
  return events;
};

/** The store with something that happens around each append. */
const around = (append: EventStore['append']): EventStore =>
  new Proxy(store, {
    get: (target, name) => {
      if (name === 'append') return append;
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });

describe('the command executor', () => {
  it('answers with the state right after the command, its revision and its position', async () => {
    const executor = executorOver();
    const first = await take(executor, 2);
    const second = await take(executor, 3);
    expect(first).toMatchObject({ kind: 'accepted', answer: 2, revision: 0, repeated: false });
    expect(second).toMatchObject({ kind: 'accepted', answer: 5, revision: 1 });
    expect((await recorded()).map(({ position }) => position)).toEqual([
      first.kind === 'accepted' && first.position,
      second.kind === 'accepted' && second.position,
    ]);
  });

  it('sells ten seats to ten of a hundred who want one at the same time, and appends them in a few batches', async () => {
    let appends = 0;
    const executor = executorOver(
      around((stream, events, expected) => {
        appends++;
        return store.append(stream, events, expected);
      }),
    );
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => take(executor, 1)));
    const taken = outcomes.filter(({ kind }) => kind === 'accepted');
    const refused = outcomes.filter(({ kind }) => kind === 'refused');
    expect([taken.length, refused.length]).toEqual([10, 90]);
    expect(taken.map((outcome) => outcome.kind === 'accepted' && outcome.answer).sort()).toEqual([
      1, 10, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    expect(await recorded()).toHaveLength(10);
    expect(appends).toBeLessThanOrEqual(2);
  });

  it('sells ten seats also when two processes sell them', async () => {
    const executors = [executorOver(), executorOver()];
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, index) => take(executors[index % 2] ?? executorOver(), 1)),
    );
    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(10);
    expect(await recorded()).toHaveLength(10);
  });

  it('does not refuse out of a state that another process has changed', async () => {
    const [one, other] = [executorOver(), executorOver()];
    await take(one, 5);
    await take(other, 5);
    expect(await take(one, 0)).toMatchObject({ kind: 'accepted', answer: 10, revision: 1 });
  });

  it('holds a refusal back until what it was decided behind is on disk', async () => {
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const executor = executorOver(
      around(async (stream, events, expected) => {
        await held;
        return store.append(stream, events, expected);
      }),
    );
    const answered: string[] = [];
    const first = take(executor, 1).then(() => answered.push('first'));
    const all = take(executor, CAPACITY - 1).then(() => answered.push('all'));
    const refused = take(executor, 1).then(() => answered.push('refused'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toEqual([]);
    letGo();
    await Promise.all([first, all, refused]);
    expect(answered).toEqual(['first', 'all', 'refused']);
  });

  it('gives no answer when the events could not be recorded, and goes on when the store is well again', async () => {
    let broken = true;
    const executor = executorOver(
      around((stream, events, expected) =>
        broken ? Promise.reject(new StoreUnavailableError('disk full')) : store.append(stream, events, expected),
      ),
    );
    await expect(take(executor, 4)).rejects.toThrow('disk full');
    broken = false;
    expect(await take(executor, 1)).toMatchObject({ answer: 1, revision: 0 });
  });

  it('fails a command whose decider throws, and only that one', async () => {
    const executor = executorOver();
    const outcomes = await Promise.allSettled([take(executor, 1), take(executor, -1), take(executor, 1)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await recorded()).toHaveLength(2);
  });

  it('compares If-Match with the revision at the moment of deciding', async () => {
    const executor = executorOver();
    expect(await take(executor, 1, { expectedRevision: [-1] })).toMatchObject({ kind: 'accepted' });
    expect(await take(executor, 1, { expectedRevision: [3, 4] })).toMatchObject({
      kind: 'precondition-failed',
      revision: 0,
    });
    const both = await Promise.all([
      take(executor, 1, { expectedRevision: [0] }),
      take(executor, 1, { expectedRevision: [0] }),
    ]);
    expect(both.map(({ kind }) => kind)).toEqual(['accepted', 'precondition-failed']);
  });
});

describe('a command that makes its aggregate', () => {
  const make = (
    executor: QueueingExecutor,
    wanted: number,
    context: Partial<CommandContext> = {},
  ): Promise<Outcome<number>> =>
    executor.execute({
      aggregate: seats,
      id: 'hall',
      creates: true,
      command: { type: 'take', seats: wanted },
      context: contextOf(context),
      answer: ({ taken }) => taken,
    });

  it('is decided without reading its stream', async () => {
    let reads = 0;
    const counting = new Proxy(store, {
      get: (target, name) => {
        if (name === 'read') reads++;
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      },
    });
    expect(await make(executorOver(counting), 2)).toMatchObject({ answer: 2, revision: 0 });
    expect(reads).toBe(0);
  });

  it('is decided on what there is when the stream turns out to be there', async () => {
    await take(executorOver(), 9);
    expect(await make(executorOver(), 2)).toMatchObject({ kind: 'refused', refusal: { code: 'SEATS.FULL' } });
    expect(await make(executorOver(), 1)).toMatchObject({ answer: 10, revision: 1 });
  });

  it('is answered from its events when it is sent again', async () => {
    const context = { commandId: randomUUID(), repeatable: true };
    await make(executorOver(), 2, context);
    await take(executorOver(), 3);
    const retry = { ...context, correlationId: randomUUID() };
    expect(await make(executorOver(), 2, retry)).toMatchObject({ repeated: true, answer: 2, revision: 0 });
    expect(await make(executorOver(), 2, { ...retry, requestHash: 'other' })).toMatchObject({ kind: 'id-reused' });
    expect(await recorded()).toHaveLength(2);
  });
});

describe('a command that is sent again', () => {
  const again = { commandId: randomUUID(), repeatable: true, requestHash: 'h1' };

  it('is answered from its events with the state right after them', async () => {
    const executor = executorOver();
    const first = await take(executor, 2, { context: again });
    await take(executor, 5);
    const second = await take(executor, 2, { context: again });
    expect(second).toMatchObject({ kind: 'accepted', answer: 2, revision: 0, repeated: true });
    expect(second.kind === 'accepted' && second.position).toBe(first.kind === 'accepted' && first.position);
    expect(await recorded()).toHaveLength(2);
  });

  it('is known to another process and after a restart', async () => {
    await take(executorOver(), 2, { context: again });
    expect(await take(executorOver(), 2, { context: again })).toMatchObject({ repeated: true, answer: 2 });
    expect(await recorded()).toHaveLength(1);
  });

  it('is applied once when it comes many times at once', async () => {
    const executor = executorOver();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => take(executor, 1, { context: again })));
    expect(outcomes.map((outcome) => outcome.kind === 'accepted' && outcome.answer)).toEqual(Array(20).fill(1));
    expect(await recorded()).toHaveLength(1);
  });

  it('is refused with another body', async () => {
    const executor = executorOver();
    await take(executor, 2, { context: again });
    expect(await take(executor, 3, { context: { ...again, requestHash: 'h2' } })).toEqual({ kind: 'id-reused' });
  });

  it('is found behind a snapshot too', async () => {
    const executor = executorOver();
    const id = 'arena';
    await take(executor, 1, { id, context: again });
    const [first] = await recorded('seats-arena');
    if (first === undefined) throw new Error('nothing recorded');
    snapshots.saved.set('seats-arena', { version: 1, revision: 0, position: first.position, state: { taken: 1 } });
    expect(await take(executorOver(), 1, { id, context: again })).toMatchObject({ repeated: true, answer: 1 });
    expect(await recorded('seats-arena')).toHaveLength(1);
  });

  it('is applied once when the answer to its append was lost', async () => {
    let lost = false;
    const executor = executorOver(
      around(async (stream, events, expected) => {
        const appended = await store.append(stream, events, expected);
        if (lost) return appended;
        lost = true;
        throw new UnknownOutcomeError('the connection went away');
      }),
    );
    expect(await take(executor, 3)).toMatchObject({ kind: 'accepted', answer: 3, revision: 0 });
    expect(await recorded()).toHaveLength(1);
  });
});

describe('a long stream', () => {
  it('is loaded from its snapshot, and an older shape of snapshot is ignored', async () => {
    const executor = executorOver();
    const first = await take(executor, 4);
    if (first.kind !== 'accepted' || first.position === null) throw new Error('not recorded');
    const { position } = first;
    snapshots.saved.set('seats-hall', { version: 1, revision: 0, position, state: { taken: 7 } });
    expect(await executorOver().query(seats, 'hall', ({ taken }) => taken)).toBe(7);
    snapshots.saved.set('seats-hall', { version: 0, revision: 0, position, state: { taken: 7 } });
    expect(await executorOver().query(seats, 'hall', ({ taken }) => taken)).toBe(4);
  });

  it('gets a snapshot every 500 events', async () => {
    const wide: typeof seats = {
      ...seats,
      decider: {
        ...seats.decider,
        decide: ({ seats: wanted }) =>
          accept<Seated>(...Array<Seated>(wanted).fill({ type: 'seats.taken.v1', data: { seats: 1 } })),
      },
    };
    const executor = executorOver();
    const command = { type: 'take' as const, seats: 300 };
    for (const _ of [1, 2])
      await executor.execute({ aggregate: wide, id: 'wide', command, context: contextOf(), answer: () => null });
    expect(snapshots.saved.get('seats-wide')).toMatchObject({ version: 1, revision: 599, state: { taken: 600 } });
  });
});
