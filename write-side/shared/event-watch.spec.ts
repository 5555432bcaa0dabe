import { randomUUID } from 'node:crypto';
import type { EventStore } from '../../infra/event-store/index.js';
import {
  batchOf,
  BreakableSubscriptions,
  openTemporaryEventStore,
} from '../../infra/event-store/test-support/index.js';
import { sleep } from '../../infra/shared/back-off.js';
import { LogWatch } from './event-watch.js';

const TYPE = 'order.confirmed.v1';

let store: EventStore;
let cleanup: () => Promise<void>;
let subscriptions: BreakableSubscriptions;
let errors: unknown[];
/** Lets the watch follow again; it pauses until then. */
let pauses: number[];

beforeEach(async () => {
  ({ store, cleanup } = await openTemporaryEventStore());
  subscriptions = new BreakableSubscriptions();
  errors = [];
  pauses = [];
});
afterEach(() => cleanup());

async function watching(over: EventStore = subscriptions.of(store)): Promise<LogWatch> {
  const watch = new LogWatch(over, {
    types: [TYPE],
    onEvent: () => undefined,
    onError: (error) => errors.push(error),
    wait: async (milliseconds, signal) => {
      pauses.push(milliseconds);
      await sleep(1, signal);
    },
  });
  await watch.start();
  return watch;
}

const confirm = async (stream: string): Promise<void> => {
  await store.append(stream, batchOf({ type: TYPE }), 'no-stream');
};

describe('the watch over the log', () => {
  it('tells who waits through an error of the subscription what was recorded meanwhile', async () => {
    const watch = await watching();
    const stream = `order-${randomUUID()}`;
    const waited = watch.next(stream, [TYPE], 20_000);
    await subscriptions.breakOff();
    await confirm(stream);
    expect(await waited).toMatchObject({ stream, type: TYPE });
    expect(errors).toHaveLength(1);
    await watch.close();
  });

  it('is not well from the error until the log is followed again', async () => {
    const watch = await watching();
    expect(watch.isFollowing).toBe(true);
    await subscriptions.breakOff();
    expect(watch.isFollowing).toBe(false);
    const stream = `order-${randomUUID()}`;
    await confirm(stream);
    await watch.next(stream, [TYPE], 20_000);
    expect(watch.isFollowing).toBe(true);
    await watch.close();
  });

  it('tries again as often as it takes, with pauses that grow', async () => {
    const followed = subscriptions.of(store);
    let refusals = 3;
    const subscribe: EventStore['subscribe'] = (options, handler) => {
      refusals -= 1;
      if (refusals >= 0) throw new Error('no connection');
      return followed.subscribe(options, handler);
    };
    const head = () => store.head();
    const watch = await watching(Object.assign(Object.create(followed), { subscribe, head }) as EventStore);
    const stream = `order-${randomUUID()}`;
    await confirm(stream);
    expect(await watch.next(stream, [TYPE], 20_000)).not.toBeNull();
    expect(pauses).toHaveLength(3);
    // By chance at least half as long as they may be.
    for (const [index, most] of [100, 200, 400].entries()) {
      expect(pauses[index]).toBeGreaterThanOrEqual(most / 2);
      expect(pauses[index]).toBeLessThanOrEqual(most);
    }
    await watch.close();
  });

  it('follows no more once it is closed, and lets go of who waits', async () => {
    const watch = await watching();
    const waited = watch.next('order-1', [TYPE], 20_000);
    await subscriptions.breakOff();
    await watch.close();
    expect(await waited).toBeNull();
    expect(subscriptions.count).toBe(0);
  });
});
