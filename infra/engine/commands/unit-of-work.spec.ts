import { StoreUnavailableError } from '../../shared/store-errors.js';
import { AppendTooLargeError, type EventStore, UnknownOutcomeError } from '../../event-store/index.js';
import type { ExpectedEvent, UnitOfWork } from './index.js';
import type { QueueingExecutor } from './executor.js';
import { contextOf, take, BookingFixture } from './test-support/booking-fixture.js';

let fixture: BookingFixture;
let executor: QueueingExecutor;
let units: UnitOfWork[];
beforeEach(async () => {
  fixture = await BookingFixture.open();
  units = [];
});
afterEach(() => fixture.close());

type Decide = (unit: UnitOfWork, event: ExpectedEvent) => Promise<boolean>;

/** Whoever takes a seat in the hall takes these, too; what is decided in a unit leads to nothing else. */
function follow(decide: Decide, store?: EventStore): QueueingExecutor {
  return (executor = fixture.executor(store, {
    follows: (type) => type === 'seats.taken.v1',
    decide: (event, unit) => {
      units.push(unit);
      return event.stream === 'seats-hall' ? decide(unit, event) : Promise.resolve(false);
    },
  }));
}

const taken = async (...ids: readonly string[]): Promise<number[]> => {
  const counts = ids.map(async (id) => (await fixture.recorded(`seats-${id}`)).length);
  return Promise.all(counts);
};

const alsoIn =
  (...ids: readonly string[]): Decide =>
  async (unit) => {
    await Promise.all(ids.map((id) => take(executor, 1, { id, context: { unit } })));
    return true;
  };

/** The store, whose first append to several streams goes another way. */
function firstJoint(way: (append: () => ReturnType<EventStore['appendAll']>) => ReturnType<EventStore['appendAll']>) {
  let isFirst = true;
  return fixture.storeWith({
    appendAll: (batches) => {
      const append = () => fixture.store.appendAll(batches);
      if (!isFirst || batches.length === 1) return append();
      isFirst = false;
      return way(append);
    },
  });
}

describe('what follows from an event', () => {
  it('is recorded with it in one append, after it, and answers are there before', async () => {
    let appends = 0;
    const store = fixture.storeWith({
      appendAll: (batches) => {
        appends += 1;
        return fixture.store.appendAll(batches);
      },
    });
    const answers: unknown[] = [];
    follow(async (unit, { id, revision }) => {
      const context = contextOf({ unit, causationId: id });
      answers.push(
        await take(executor, 2, { id: 'balcony', context }),
        await take(executor, 3, { id: 'box', context: { unit } }),
      );
      expect([revision, appends, unit.isRecorded]).toEqual([0, 0, false]);
      return true;
    }, store);
    const outcome = await take(executor, 1);
    expect(answers).toMatchObject([
      { kind: 'accepted', answer: 2, revision: 0, position: null },
      { kind: 'accepted', answer: 3, revision: 0, position: null },
    ]);
    expect([appends, units.map(({ isRecorded }) => isRecorded)]).toEqual([1, [true]]);
    const [hall] = await fixture.recorded();
    const [balcony] = await fixture.recorded('seats-balcony');
    const [box] = await fixture.recorded('seats-box');
    expect(outcome).toMatchObject({ kind: 'accepted', position: hall?.position });
    expect(balcony?.metadata.causationId).toBe(hall?.id);
    const positions = [hall, balcony, box].map((event) => String(event?.position));
    expect(positions).toEqual(positions.toSorted());
    // What is kept of the streams goes on from there.
    expect(await take(executor, 4, { id: 'balcony' })).toMatchObject({ answer: 6, revision: 1 });
  });

  it('goes on once all is recorded, and not before', async () => {
    const order: string[] = [];
    const store = firstJoint(async (append) => {
      const appended = await append();
      order.push('recorded');
      return appended;
    });
    let outside: Promise<void> | undefined;
    follow(async (unit) => {
      await take(executor, 1, { id: 'box', context: { unit } });
      outside = unit.recorded().then(() => void order.push('asked outside'));
      expect(await unit.whenCommitAwaited).toBeNull();
      return true;
    }, store);
    await take(executor, 1);
    await outside;
    expect(order).toEqual(['recorded', 'asked outside']);
  });

  it('keeps other commands for its streams waiting', async () => {
    let meanwhile: Promise<unknown> | undefined;
    follow(async (unit) => {
      await take(executor, 9, { id: 'box', context: { unit } });
      meanwhile = take(executor, 2, { id: 'box' });
      return true;
    });
    await take(executor, 1);
    expect(await meanwhile).toMatchObject({ kind: 'refused', revision: 0 });
  });

  it.each<[string, (unit: UnitOfWork) => Promise<unknown>]>([
    [
      'a stream is busy',
      (unit) => (void take(executor, 1, { id: 'box' }), take(executor, 1, { id: 'box', context: { unit } })),
    ],
    ['one of them is refused', (unit) => take(executor, 11, { id: 'box', context: { unit } })],
    ['one of them has nothing to change', (unit) => take(executor, 0, { id: 'box', context: { unit } })],
    ['whoever decides fails', () => Promise.reject(new Error('a bug'))],
  ])('is left out where %s, and the event is recorded alone', async (_, fail) => {
    follow(async (unit) => {
      await Promise.all([take(executor, 1, { id: 'balcony', context: { unit } }), fail(unit)]);
      return true;
    });
    expect(await take(executor, 1)).toMatchObject({ kind: 'accepted', answer: 1 });
    await expect(units[0]?.whenRecorded).rejects.toThrow();
    expect(await taken('hall', 'balcony')).toEqual([1, 0]);
    // Nothing of it is kept.
    expect(await take(executor, 10, { id: 'balcony' })).toMatchObject({ kind: 'accepted', answer: 10 });
  });

  const HALLS = ['hall', 'hall-2', 'hall-3'];
  const inEachHall = () => Promise.all(HALLS.map((id) => take(executor, 1, { id })));

  it('never takes what another unit takes that is decided at the same time', async () => {
    follow(async (unit, { stream }) => {
      const context = { unit };
      const own = take(executor, 1, { id: `balcony-${stream}`, context });
      await Promise.all([take(executor, 4, { id: 'box', context }), own]);
      return true;
    });
    expect((await inEachHall()).map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'accepted']);
    const seats = (await fixture.recorded('seats-box')).map(({ data }) => Number(data['seats']));
    expect(seats.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(10);
    expect(await take(executor, 11 - 4 * seats.length, { id: 'box' })).toMatchObject({ kind: 'refused' });
    expect(await take(executor, 10 - 4 * seats.length, { id: 'box' })).toMatchObject({ answer: 10 });
  });

  it.each([
    ['first', [11, 1, 1]],
    ['between', [1, 11, 1]],
    ['last', [1, 1, 11]],
  ])('leaves none of its commands without an answer where the %s one is refused', async (_, seats) => {
    const sent: Promise<unknown>[] = [];
    const slow = fixture.storeWith({
      read: async function* (stream, options) {
        // Read when the unit may be dropped already.
        if (stream === 'seats-box-2') await new Promise((resolve) => setTimeout(resolve, 20));
        yield* fixture.store.read(stream, options);
      },
    });
    follow(async (unit) => {
      const context = { unit };
      sent.push(...seats.map((count, index) => take(executor, count, { id: `box-${index}`, context })));
      await Promise.all(sent);
      return true;
    }, slow);
    expect(await take(executor, 1)).toMatchObject({ kind: 'accepted' });
    const ends = await Promise.allSettled(sent);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });

  it('is not decided any more once the unit is dropped', async () => {
    let late: Promise<unknown> | undefined;
    follow(async (unit) => {
      late = unit.whenRecorded.catch(() => take(executor, 1, { id: 'box', context: { unit } }));
      late.catch(() => undefined);
      return false;
    });
    await take(executor, 1);
    await expect(late).rejects.toThrow('no part of a unit of work: seats-box was sent too late');
    expect(await taken('hall', 'box')).toEqual([1, 0]);
  });

  it.each([
    ['is full', new StoreUnavailableError('the disk is full')],
    ['takes less', new AppendTooLargeError('seats-hall', new Error('too large'))],
  ])('is left out where the store %s, and the event is recorded alone', async (_, error) => {
    follow(
      alsoIn('box'),
      firstJoint(() => Promise.reject(error)),
    );
    expect(await take(executor, 1)).toMatchObject({ kind: 'accepted', answer: 1 });
    expect(await taken('hall', 'box')).toEqual([1, 0]);
    expect(await take(executor, 10, { id: 'box' })).toMatchObject({ kind: 'accepted', answer: 10 });
  });

  it.each(['hall', 'box'])('is left out where another process has changed %s', async (id) => {
    follow(
      alsoIn('box'),
      firstJoint(async (append) => {
        await take(fixture.executor(), 5, { id });
        return append();
      }),
    );
    expect(await take(executor, 2)).toMatchObject({ kind: 'accepted', answer: id === 'hall' ? 7 : 2 });
    expect(await taken('hall', 'box')).toEqual(id === 'hall' ? [2, 0] : [1, 1]);
    expect(await take(executor, 1, { id: 'box' })).toMatchObject({ answer: id === 'box' ? 6 : 1 });
  });

  it.each([
    ['was recorded', true],
    ['was not', false],
  ])('is there once where an answer is lost and it %s', async (_, isRecorded) => {
    follow(
      alsoIn('box'),
      firstJoint(async (append) => {
        if (isRecorded) await append();
        throw new UnknownOutcomeError('connection lost');
      }),
    );
    expect(await take(executor, 1)).toMatchObject({ kind: 'accepted', answer: 1 });
    expect([await taken('hall', 'box'), units[0]?.isRecorded]).toEqual([[1, 1], true]);
    expect(await take(executor, 1, { id: 'box' })).toMatchObject({ answer: 2, revision: 1 });
  });

  it('is left out before it is appended where a stream has it already, and the event is recorded alone', async () => {
    let appends = 0;
    const store = fixture.storeWith({
      appendAll: (batches) => {
        appends += 1;
        return fixture.store.appendAll(batches);
      },
    });
    const { commandId } = contextOf();
    follow(async (unit) => {
      await take(executor, 1, { id: 'box', context: { unit, commandId } });
      return true;
    }, store);
    await take(executor, 2, { id: 'box', context: { commandId } });
    expect(await take(executor, 1)).toMatchObject({ kind: 'accepted', answer: 1 });
    expect([appends, await taken('hall', 'box')]).toEqual([0, [1, 1]]);
  });

  it('fails with the command where no answer of the store is definite: nobody knows whether it is there', async () => {
    let alone = 0;
    const unanswered = fixture.storeWith({
      appendAll: () => Promise.reject(new UnknownOutcomeError('connection lost')),
      append: (stream, events, expected) => {
        alone += 1;
        return fixture.store.append(stream, events, expected);
      },
    });
    follow(alsoIn('box'), unanswered);
    await expect(take(executor, 1)).rejects.toThrow('connection lost');
    expect([alone, await taken('hall', 'box')]).toEqual([0, [0, 0]]);
  });

  it('is left for later on a store that appends to one stream at a time', async () => {
    follow(alsoIn('box'), fixture.storeWith({ joint: false }));
    await take(executor, 1);
    expect([units, await taken('hall', 'box')]).toEqual([[], [1, 0]]);
  });
});
