import { mock } from 'node:test';
import { randomUUID } from 'node:crypto';
import { accept } from '../../../domain/shared/index.js';
import { UnknownOutcomeError } from '../../event-store/index.js';
import type { CommandContext, Outcome } from './command-executor.js';
import type { QueueingExecutor } from './executor.js';
import { contextOf, seats, take, BookingFixture, type Seated } from './test-support/booking-fixture.js';

let fixture: BookingFixture;
beforeEach(async () => {
  fixture = await BookingFixture.open();
});
afterEach(() => fixture.close());

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
    const counting = fixture.storeWith({
      read: (stream, options) => {
        reads++;
        return fixture.store.read(stream, options);
      },
    });
    expect(await make(fixture.executor(counting), 2)).toMatchObject({ answer: 2, revision: 0 });
    expect(reads).toBe(0);
  });

  it('is decided on what there is when the stream turns out to be there', async () => {
    await take(fixture.executor(), 9);
    expect(await make(fixture.executor(), 2)).toMatchObject({ kind: 'refused', refusal: { code: 'SEATS.FULL' } });
    expect(await make(fixture.executor(), 1)).toMatchObject({ answer: 10, revision: 1 });
  });

  it('is answered from its events when it is sent again', async () => {
    const context = { commandId: randomUUID(), repeatable: true };
    await make(fixture.executor(), 2, context);
    await take(fixture.executor(), 3);
    const retry = { ...context, correlationId: randomUUID() };
    expect(await make(fixture.executor(), 2, retry)).toMatchObject({ repeated: true, answer: 2, revision: 0 });
    expect(await make(fixture.executor(), 2, { ...retry, requestHash: 'other' })).toMatchObject({ kind: 'id-reused' });
    expect(await fixture.recorded()).toHaveLength(2);
  });
});

describe('a command that is sent again', () => {
  const again = { commandId: randomUUID(), repeatable: true, requestHash: 'h1' };

  it('is answered from its events with the state right after them', async () => {
    const executor = fixture.executor();
    const first = await take(executor, 2, { context: again });
    await take(executor, 5);
    const second = await take(executor, 2, { context: again });
    expect(second).toMatchObject({ kind: 'accepted', answer: 2, revision: 0, repeated: true });
    expect(second.kind === 'accepted' && second.position).toBe(first.kind === 'accepted' && first.position);
    expect(await fixture.recorded()).toHaveLength(2);
  });

  it('is known to another process and after a restart', async () => {
    await take(fixture.executor(), 2, { context: again });
    expect(await take(fixture.executor(), 2, { context: again })).toMatchObject({ repeated: true, answer: 2 });
    expect(await fixture.recorded()).toHaveLength(1);
  });

  it('is applied once when it comes many times at once', async () => {
    const executor = fixture.executor();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => take(executor, 1, { context: again })));
    expect(outcomes.map((outcome) => outcome.kind === 'accepted' && outcome.answer)).toEqual(Array(20).fill(1));
    expect(await fixture.recorded()).toHaveLength(1);
  });

  it('is refused with another body', async () => {
    const executor = fixture.executor();
    await take(executor, 2, { context: again });
    expect(await take(executor, 3, { context: { ...again, requestHash: 'h2' } })).toEqual({ kind: 'id-reused' });
  });

  it('is found behind a snapshot too', async () => {
    const executor = fixture.executor();
    const id = 'arena';
    await take(executor, 1, { id, context: again });
    const [first] = await fixture.recorded('seats-arena');
    if (first === undefined) throw new Error('nothing recorded');
    fixture.snapshots.saved.set('seats-arena', {
      version: 1,
      revision: 0,
      position: first.position,
      state: { taken: 1 },
    });
    expect(await take(fixture.executor(), 1, { id, context: again })).toMatchObject({ repeated: true, answer: 1 });
    expect(await fixture.recorded('seats-arena')).toHaveLength(1);
  });

  it('is applied once when the answer to its append was lost', async () => {
    let lost = false;
    const executor = fixture.executor(
      fixture.storeWith({
        append: async (stream, events, expected) => {
          const appended = await fixture.store.append(stream, events, expected);
          if (lost) return appended;
          lost = true;
          throw new UnknownOutcomeError('the connection went away');
        },
      }),
    );
    const outcome = await take(executor, 3);
    const recorded = await fixture.recorded();
    expect(recorded).toHaveLength(1);
    const [{ position } = {}] = recorded;
    const expected = { kind: 'accepted', answer: 3, revision: 0, position, events: recorded, repeated: true };
    expect(outcome).toEqual(expected);
  });
});

describe('a command that another process sent, having taken this one for dead', () => {
  const context = { commandId: randomUUID(), repeatable: false };

  it('is answered from its events where this one meets them as a conflict', async () => {
    const paused = fixture.executor(fixture.byRevisionAlone());
    await take(paused, 1);
    await take(fixture.executor(), 2, { context });
    await take(fixture.executor(), 3);
    expect(await take(paused, 2, { context })).toMatchObject({ repeated: true, answer: 3, revision: 1 });
    expect(await fixture.recorded()).toHaveLength(3);
  });

  it('is answered from its events where they are recorded between the decision and the append of this one', async () => {
    const twin = { ...context, commandId: randomUUID(), correlationId: randomUUID() };
    let isSent = false;
    const overtaken = fixture.storeWith({
      append: async (stream, events, expected) => {
        if (!isSent) {
          isSent = true;
          await take(fixture.executor(), 2, { context: twin });
          await take(fixture.executor(), 3);
        }
        return fixture.store.append(stream, events, expected);
      },
    });
    const late = { ...twin, correlationId: randomUUID() };
    expect(await take(fixture.executor(overtaken), 2, { context: late })).toMatchObject({ repeated: true, answer: 2 });
    expect(await fixture.recorded()).toHaveLength(2);
  });

  it('is looked for where this one stood still before it looked at the stream', async () => {
    await take(fixture.executor(), 2, { context });
    let time = performance.now();
    const clock = mock.method(performance, 'now', () => time);
    const paused = fixture.executor(
      fixture.storeWith({
        read: (stream, options) => {
          time += 5_000;
          return fixture.store.read(stream, options);
        },
      }),
    );
    const outcome = await take(paused, 2, { context });
    clock.mock.restore();
    expect(outcome).toMatchObject({ repeated: true, answer: 2, revision: 0 });
    expect(await fixture.recorded()).toHaveLength(1);
  });
});

describe('a long stream', () => {
  it('is loaded from its snapshot, and an older shape of snapshot is ignored', async () => {
    const executor = fixture.executor();
    const first = await take(executor, 4);
    if (first.kind !== 'accepted' || first.position === null) throw new Error('not recorded');
    const { position } = first;
    fixture.snapshots.saved.set('seats-hall', { version: 1, revision: 0, position, state: { taken: 7 } });
    expect(await fixture.executor().query(seats, 'hall', ({ taken }) => taken)).toBe(7);
    fixture.snapshots.saved.set('seats-hall', { version: 0, revision: 0, position, state: { taken: 7 } });
    expect(await fixture.executor().query(seats, 'hall', ({ taken }) => taken)).toBe(4);
  });

  it('gets a snapshot every 500 events', async () => {
    const wide: typeof seats = {
      ...seats,
      decider: {
        ...seats.decider,
        decide: ({ seats: wanted }) =>
          accept(...Array.from({ length: wanted }, (): Seated => ({ type: 'seats.taken.v1', data: { seats: 1 } }))),
      },
    };
    const executor = fixture.executor();
    const command = { type: 'take' as const, seats: 300 };
    for (const _ of [1, 2])
      await executor.execute({ aggregate: wide, id: 'wide', command, context: contextOf(), answer: () => null });
    expect(fixture.snapshots.saved.get('seats-wide')).toMatchObject({
      version: 1,
      revision: 599,
      state: { taken: 600 },
    });
  });
});

describe('what a command came to that left no event', () => {
  const refusal = { code: 'SEATS.FULL', detail: 'No seats left.' };
  const sent = { commandId: randomUUID(), repeatable: true, requestHash: 'h1' };

  it('is answered again: refused, or from the state that it left as it was', async () => {
    await take(fixture.executor(), 2);
    await take(fixture.executor(), 3);
    const refused = await take(fixture.executor(), 1, { context: { ...sent, settled: { refusal } } });
    expect(refused).toMatchObject({ kind: 'refused', refusal });
    const unchanged = await take(fixture.executor(), 0, { context: { ...sent, settled: { unchangedAt: 0 } } });
    expect(unchanged).toMatchObject({ kind: 'accepted', answer: 2, revision: 0, events: [], repeated: true });
    expect(await fixture.recorded()).toHaveLength(2);
  });

  it('counts for nothing where the log has events of the command', async () => {
    await take(fixture.executor(), 2, { context: sent });
    const again = await take(fixture.executor(), 2, { context: { ...sent, settled: { refusal } } });
    expect(again).toMatchObject({ kind: 'accepted', answer: 2, repeated: true });
  });
});
