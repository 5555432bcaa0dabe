import fc from 'fast-check';
import { batchOf } from '../../infra/event-store/test-support/index.js';
import { MemoryEventStore } from '../../infra/event-store/test-support/memory-event-store.js';
import { StreamFold } from './stream-fold.js';

const STREAM = 'register-shop';

/** A log that pauses before it hands over each event of a stream, and notes from where on it was read. */
class SlowLog extends MemoryEventStore {
  readonly readFrom: (number | undefined)[] = [];

  constructor(private readonly pause: () => Promise<unknown>) {
    super();
  }

  override async *read(...asked: Parameters<MemoryEventStore['read']>): ReturnType<MemoryEventStore['read']> {
    this.readFrom.push(asked[1]?.from);
    for await (const event of super.read(...asked)) {
      await this.pause();
      yield event;
    }
  }

  async record(count: number): Promise<void> {
    await this.append(STREAM, batchOf({ count }), 'any');
  }
}

/** Folds to the revisions of the events, each as often as it was folded. */
const revisionsOf = (log: MemoryEventStore): StreamFold<readonly number[]> =>
  new StreamFold<readonly number[]>(log, {
    stream: STREAM,
    initialState: () => [],
    evolve: (revisions, { revision }) => [...revisions, revision],
  });

const upTo = (count: number): number[] => Array.from({ length: count }, (_, revision) => revision);
const soon = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('a stream that is kept folded', () => {
  it('is what was recorded, with the position of its last event', async () => {
    const log = new SlowLog(soon);
    const fold = revisionsOf(log);
    expect(await fold.now()).toEqual({ state: [], position: null });
    await log.record(2);
    await log.append('register-other', batchOf(), 'any');
    expect(await fold.now()).toEqual({ state: [0, 1], position: log.log[1]?.position });
    await log.record(1);
    expect(await fold.now()).toEqual({ state: [0, 1, 2], position: log.log[3]?.position });
  });

  it('is read once for all who ask at once, and once more for all who ask meanwhile', async () => {
    const log = new SlowLog(soon);
    await log.record(3);
    const fold = revisionsOf(log);
    const first = fold.now();
    const later = [fold.now(), fold.now()];
    expect((await first).state).toEqual(upTo(3));
    expect((await Promise.all(later)).map(({ state }) => state)).toEqual([upTo(3), upTo(3)]);
    expect(log.readFrom).toEqual([0, 3]);
  });

  it('has for who asks then what was recorded while it was being read', async () => {
    const log = new SlowLog(soon);
    await log.record(2);
    const fold = revisionsOf(log);
    const before = fold.now();
    await log.record(1);
    const after = fold.now();
    expect((await before).state).toEqual(upTo(2));
    expect((await after).state).toEqual(upTo(3));
  });

  it('goes on where it was after a read that failed on its way', async () => {
    let left = 1;
    const log = new SlowLog(() => (left-- === 0 ? Promise.reject(new Error('the log is away')) : soon()));
    await log.record(3);
    const fold = revisionsOf(log);
    const [failed, next] = await Promise.allSettled([fold.now(), fold.now()]);
    expect(failed).toMatchObject({ status: 'rejected', reason: { message: 'the log is away' } });
    expect(next).toMatchObject({ status: 'fulfilled', value: { state: upTo(3) } });
  });

  it('misses nothing that was recorded before it was asked for, and folds nothing twice, whoever asks when', async () => {
    const steps = fc.array(fc.oneof(fc.constant('look' as const), fc.integer({ min: 1, max: 3 })), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), steps, async (scheduler, list) => {
        const log = new SlowLog(() => scheduler.schedule(Promise.resolve()));
        const fold = revisionsOf(log);
        const looks: Promise<void>[] = [];
        const look = async (): Promise<void> => {
          const { length: recorded } = log.log;
          const { state } = await fold.now();
          expect(state).toEqual(upTo(state.length));
          expect(state.length).toBeGreaterThanOrEqual(recorded);
        };
        const turns = list.map((step) => async () => {
          if (step === 'look') looks.push(look());
          else await log.record(step);
        });
        scheduler.scheduleSequence(turns);
        await scheduler.waitIdle();
        await Promise.all(looks);
        expect((await Promise.all([fold.now(), scheduler.waitIdle()]))[0].state).toEqual(upTo(log.log.length));
      }),
    );
  });
});

describe('a stream that is folded as it was', () => {
  it('has what had happened by then, whatever is kept of it', async () => {
    const log = new SlowLog(soon);
    await log.record(4);
    const fold = revisionsOf(log);
    await fold.now();
    const third = log.log[2]?.position;
    const then = await fold.pastBy(({ revision }) => revision <= 2);
    expect(then).toEqual({ state: upTo(3), position: third });
    expect((await fold.now()).state).toEqual(upTo(4));
  });
});
