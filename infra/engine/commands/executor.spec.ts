import { StoreUnavailableError } from '../../shared/store-errors.js';
import { AppendTooLargeError } from '../../event-store/index.js';
import { CAPACITY, take, BookingFixture } from './test-support/booking-fixture.js';

let fixture: BookingFixture;
beforeEach(async () => {
  fixture = await BookingFixture.open();
});
afterEach(() => fixture.close());

describe('the command executor', () => {
  it('answers with the state right after the command, its revision and its position', async () => {
    const executor = fixture.executor();
    const first = await take(executor, 2);
    const second = await take(executor, 3);
    expect(first).toMatchObject({ kind: 'accepted', answer: 2, revision: 0, repeated: false });
    expect(second).toMatchObject({ kind: 'accepted', answer: 5, revision: 1 });
    expect((await fixture.recorded()).map(({ position }) => position)).toEqual([
      first.kind === 'accepted' && first.position,
      second.kind === 'accepted' && second.position,
    ]);
  });

  it('sells ten seats to ten of a hundred who want one at the same time, and appends them in a few batches', async () => {
    let appends = 0;
    const executor = fixture.executor(
      fixture.storeWith({
        append: (stream, events, expected) => {
          appends++;
          return fixture.store.append(stream, events, expected);
        },
      }),
    );
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => take(executor, 1)));
    const taken = outcomes.filter(({ kind }) => kind === 'accepted');
    const refused = outcomes.filter(({ kind }) => kind === 'refused');
    expect([taken.length, refused.length]).toEqual([10, 90]);
    expect(taken.map((outcome) => outcome.kind === 'accepted' && outcome.answer).sort()).toEqual([
      1, 10, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    expect(await fixture.recorded()).toHaveLength(10);
    expect(appends).toBeLessThanOrEqual(2);
  });

  it('sells ten seats also when two processes sell them', async () => {
    const executors = [fixture.executor(), fixture.executor()];
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, index) => take(executors[index % 2] ?? fixture.executor(), 1)),
    );
    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(10);
    expect(await fixture.recorded()).toHaveLength(10);
  });

  it('does not refuse out of a state that another process has changed', async () => {
    const [one, other] = [fixture.executor(), fixture.executor()];
    await take(one, 5);
    await take(other, 5);
    expect(await take(one, 0)).toMatchObject({ kind: 'accepted', answer: 10, revision: 1 });
  });

  it('holds a refusal back until what it was decided behind is on disk', async () => {
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const executor = fixture.executor(
      fixture.storeWith({
        append: async (stream, events, expected) => {
          await held;
          return fixture.store.append(stream, events, expected);
        },
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
    const executor = fixture.executor(
      fixture.storeWith({
        append: (stream, events, expected) =>
          broken
            ? Promise.reject(new StoreUnavailableError('disk full'))
            : fixture.store.append(stream, events, expected),
      }),
    );
    await expect(take(executor, 4)).rejects.toThrow('disk full');
    broken = false;
    expect(await take(executor, 1)).toMatchObject({ answer: 1, revision: 0 });
  });

  it('appends commands apart that are too large together', async () => {
    const executor = fixture.executor(
      fixture.storeWith({
        append: (stream, events, expected) =>
          events.length > 1
            ? Promise.reject(new AppendTooLargeError(stream))
            : fixture.store.append(stream, events, expected),
      }),
    );
    const outcomes = await Promise.all([1, 2, 3].map((wanted) => take(executor, wanted)));
    expect(outcomes).toMatchObject([{ answer: 1 }, { answer: 3 }, { answer: 6 }]);
    expect(await fixture.recorded()).toHaveLength(3);
  });

  it('fails a command whose decider throws, and only that one', async () => {
    const executor = fixture.executor();
    const outcomes = await Promise.allSettled([take(executor, 1), take(executor, -1), take(executor, 1)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await fixture.recorded()).toHaveLength(2);
  });

  it('compares If-Match with the revision at the moment of deciding', async () => {
    const executor = fixture.executor();
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
