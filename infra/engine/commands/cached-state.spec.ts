import { randomUUID } from 'node:crypto';
import { PendingAppend } from './aggregate-repository.js';
import type { QueueingExecutor } from './executor.js';
import { contextOf, seats, take, BookingFixture } from './test-support/booking-fixture.js';

let fixture: BookingFixture;
beforeEach(async () => {
  fixture = await BookingFixture.open();
});
afterEach(() => fixture.close());

const takenIn = (executor: QueueingExecutor): Promise<number> => executor.query(seats, 'hall', ({ taken }) => taken);

/** Is called in the middle of one call of a store's method, which waits for it. */
class Meanwhile {
  #work: (() => Promise<unknown>) | null;
  constructor(work: () => Promise<unknown>) {
    this.#work = work;
  }

  async have(): Promise<void> {
    const work = this.#work;
    this.#work = null;
    await work?.();
  }
}

describe('the state that a process keeps of a stream', () => {
  it('is not shown while it has events that are not recorded', async () => {
    const shown: number[] = [];
    const meanwhile = new Meanwhile(async () => shown.push(await takenIn(executor)));
    const executor = fixture.executor(
      fixture.storeWith({
        append: async (stream, events, expected) => {
          await meanwhile.have();
          return fixture.store.append(stream, events, expected);
        },
      }),
    );
    await take(executor, 3);
    expect([...shown, await takenIn(executor)]).toEqual([0, 3]);
  });

  it('is dropped where another process is noticed to have gone on', async () => {
    const executor = fixture.executor();
    await take(executor, 1);
    await take(fixture.executor(), 2);
    for (const event of await fixture.recorded()) executor.notice(event);
    expect(await takenIn(executor)).toBe(3);
  });

  it('is dropped where a command of another stream brought events of this one', async () => {
    const executor = fixture.executor();
    await take(executor, 1);
    const metadata = contextOf();
    const events = [{ id: randomUUID(), type: 'seats.taken.v1', data: { seats: 2 }, metadata }];
    const joined = new PendingAppend({ stream: 'seats-hall', events, expectedRevision: 0 });
    await take(executor, 1, { id: 'box', context: { joined } });
    expect(await takenIn(executor)).toBe(3);
  });

  /** An executor whose first read of the stream is at its end when this is done, and does not see it. */
  function readingBefore(work: () => Promise<unknown>): QueueingExecutor {
    const meanwhile = new Meanwhile(work);
    return fixture.executor(
      fixture.storeWith({
        read: async function* (stream, options) {
          for await (const event of fixture.store.read(stream, options)) yield event;
          await meanwhile.have();
        },
      }),
    );
  }

  it('is not replaced by an older one that was being read meanwhile', async () => {
    await take(fixture.executor(), 1);
    const executor = readingBefore(() => take(executor, 2));
    await takenIn(executor);
    expect(await takenIn(executor)).toBe(3);
  });

  it('is not an older one that was being read when another process went on', async () => {
    await take(fixture.executor(), 1);
    const executor = readingBefore(async () => {
      await take(fixture.executor(), 2);
      for (const event of await fixture.recorded()) executor.notice(event);
    });
    await takenIn(executor);
    expect(await takenIn(executor)).toBe(3);
  });
});
