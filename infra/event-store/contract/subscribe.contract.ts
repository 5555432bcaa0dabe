import type { EventStore, RecordedEvent, Subscription } from '../event-store.js';
import type { Position } from '../../shared/position.js';
import { allOf, batchOf, newStream, RecordingHandler } from '../test-support/index.js';

export function subscribeContract(store: () => EventStore): void {
  describe('subscribing', () => {
    delivery(store);
    refusedAppends(store);
    progress(store);
    ending(store);
  });
}

/** Appends from several callers at once until as many events are in the log. */
async function appendMany(store: EventStore, events: number): Promise<void> {
  let left = events;
  const caller = async (): Promise<void> => {
    const stream = newStream('seam');
    let expected: number | 'no-stream' = 'no-stream';
    while (left > 0) {
      const count = Math.min(left, 1 + (left % 4));
      left -= count;
      expected = (await store.append(stream, batchOf({ count }), expected)).revision;
    }
  };
  await Promise.all(Array.from({ length: 16 }, caller));
}

function delivery(store: () => EventStore): void {
  test('hands over the past and then what comes, without a gap or a duplicate at the seam', async () => {
    const from = await store().head();
    for (const stream of [newStream('seam'), newStream('seam')])
      await store().append(stream, batchOf({ count: 550 }), 'no-stream');
    const handlers: RecordingHandler[] = [];
    const subscriptions: Subscription[] = [];
    const join = (after = from): void => {
      const handler = new RecordingHandler();
      handlers.push(handler);
      subscriptions.push(store().subscribe({ from: after }, handler));
    };
    join();
    const appending = appendMany(store(), 1300);
    for (let joined = 0; joined < 8; joined += 1) {
      join();
      await store().append(newStream('seam'), batchOf(), 'no-stream');
    }
    await appending;
    const head = (await store().head()) ?? from;
    if (head === null) throw new Error('nothing was appended');
    await Promise.all(handlers.map((handler) => handler.untilAt(head)));
    const log = await allOf(store().readAll({ from }));
    expect(log).toHaveLength(2408);
    const positions = log.map(({ position }) => position).join();
    for (const { events } of handlers) expect(events.map(({ position }) => position).join()).toBe(positions);
    expect(handlers[0]?.events).toEqual(log);
    await Promise.all(subscriptions.map((subscription) => subscription.close()));
  });

  test('starts after the position that it is given', async () => {
    const { events } = await store().append(newStream(), batchOf({ count: 5 }), 'no-stream');
    const handler = new RecordingHandler();
    const subscription = store().subscribe({ from: events[1]?.position ?? null }, handler);
    const live = await store().append(newStream(), batchOf(), 'no-stream');
    await handler.untilAt(live.position);
    expect(handler.events).toEqual([...events.slice(2), ...live.events]);
    await subscription.close();
  });

  test('hands over only what the filter lets through, from the past and live', async () => {
    const [from, wanted, other] = [await store().head(), newStream('wanted'), newStream('other')];
    const past = await store().append(wanted, batchOf({ type: 'sample.wanted.v1', count: 2 }), 'no-stream');
    await store().append(other, batchOf({ type: 'sample.wanted.v1' }), 'no-stream');
    const filters = [
      { streams: [wanted] },
      { categories: ['wanted'] },
      { categories: ['wanted'], types: ['sample.wanted.v1'] },
    ];
    const handlers = filters.map(() => new RecordingHandler());
    const subscriptions = filters.map((filter, index) =>
      store().subscribe({ from, filter }, handlers[index] as RecordingHandler),
    );
    await Promise.all(handlers.map((handler) => handler.until(() => handler.caughtUp > 0)));
    const live = await store().append(wanted, batchOf({ type: 'sample.wanted.v1' }), 1);
    const { position } = await store().append(other, batchOf(), 0);
    await Promise.all(handlers.map((handler) => handler.untilAt(position)));
    for (const handler of handlers) expect(handler.events).toEqual([...past.events, ...live.events]);
    await Promise.all(subscriptions.map((subscription) => subscription.close()));
  });

  test('hands over events that are equal to those read, whichever way they came', async () => {
    const handler = new RecordingHandler();
    const subscription = store().subscribe({ from: await store().head() }, handler);
    await handler.until(() => handler.caughtUp > 0);
    const stream = newStream();
    const data = { text: '漢字 😀', absent: undefined, minus: -0, nested: { list: [1, { two: null }] } };
    const { position } = await store().append(stream, batchOf({ count: 3, data }), 'no-stream');
    await handler.untilAt(position);
    expect(handler.events).toStrictEqual(await allOf(store().read(stream)));
    await subscription.close();
  });
}

function refusedAppends(store: () => EventStore): void {
  test('hands over nothing of appends that were refused or sent again, beside others of the same moment', async () => {
    const handler = new RecordingHandler();
    const subscription = store().subscribe({ from: await store().head() }, handler);
    await handler.until(() => handler.caughtUp > 0);
    const [stream, other, again] = [newStream(), newStream(), batchOf({ count: 2 })];
    const first = await store().append(stream, again, 'no-stream');
    const [one, , , two] = await Promise.allSettled([
      store().append(stream, batchOf({ count: 2 }), first.revision),
      store().append(other, batchOf(), 7),
      store().append(stream, again, 'no-stream'),
      store().append(other, batchOf({ count: 3 }), 'no-stream'),
    ]);
    const added = [one, two].flatMap((outcome) => (outcome?.status === 'fulfilled' ? outcome.value.events : []));
    await handler.untilAt(added.at(-1)?.position as Position);
    expect(added).toHaveLength(5);
    expect(handler.events).toEqual([...first.events, ...added]);
    await subscription.close();
  });
}

function progress(store: () => EventStore): void {
  test('says when it has caught up, after it has handed over all there was', async () => {
    const from = await store().head();
    await store().append(newStream(), batchOf({ count: 600 }), 'no-stream');
    let before = 0;
    const handler = new RecordingHandler();
    const subscription = store().subscribe(
      { from },
      {
        onEvents: (events, upTo) => handler.onEvents(events, upTo),
        onCaughtUp: () => {
          before = handler.events.length;
          handler.onCaughtUp();
        },
        onError: (error) => handler.onError(error),
      },
    );
    await handler.until(() => handler.caughtUp > 0);
    expect(before).toBe(600);
    await subscription.close();
  });

  test('says that it has caught up where there is nothing to hand over', async () => {
    const handler = new RecordingHandler();
    const subscription = store().subscribe({ from: await store().head() }, handler);
    await handler.until(() => handler.caughtUp > 0);
    expect(handler.events).toEqual([]);
    await subscription.close();
  });

  test('moves on where the filter leaves everything out, in the past and live', async () => {
    const from = await store().head();
    const past = await store().append(newStream(), batchOf({ count: 1000 }), 'no-stream');
    const handler = new RecordingHandler();
    const subscription = store().subscribe({ from, filter: { types: ['sample.never.v1'] } }, handler);
    await handler.untilAt(past.position);
    const live = await store().append(newStream(), batchOf({ count: 1000 }), 'no-stream');
    await handler.untilAt(live.position);
    expect(handler.events).toEqual([]);
    await subscription.close();
  });

  test('claims a position only when all before it, and nothing after it, has been handed over', async () => {
    const from = await store().head();
    const pages: { readonly upTo: string; readonly positions: readonly string[] }[] = [];
    const handler = new RecordingHandler();
    const subscription = store().subscribe(
      { from },
      {
        onEvents: (events, upTo) => {
          pages.push({ upTo, positions: events.map(({ position }) => position) });
          return handler.onEvents(events, upTo);
        },
        onError: (error) => handler.onError(error),
      },
    );
    await appendMany(store(), 600);
    await handler.until(() => handler.events.length === 600);
    for (const [index, { upTo, positions }] of pages.entries()) {
      const later = pages.slice(index + 1).flatMap((page) => page.positions);
      expect(positions.every((position) => position <= upTo)).toBe(true);
      expect(later.every((position) => position > upTo)).toBe(true);
    }
    await subscription.close();
  });

  test('hands over the next page only when the last one is handled', async () => {
    const from = await store().head();
    let [running, most] = [0, 0];
    const handler = new RecordingHandler(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    });
    const subscription = store().subscribe({ from }, handler);
    await appendMany(store(), 1100);
    await handler.until(() => handler.events.length === 1100);
    expect(most).toBe(1);
    expect(handler.pages.every((size) => size <= 1000)).toBe(true);
    await subscription.close();
  });
}

function ending(store: () => EventStore): void {
  test('ends with an error when the handler throws, and hands over nothing more', async () => {
    const from = await store().head();
    const failing = new RecordingHandler(() => {
      throw new Error('cannot apply');
    });
    const sound = new RecordingHandler();
    const subscriptions = [store().subscribe({ from }, failing), store().subscribe({ from }, sound)];
    await store().append(newStream(), batchOf(), 'no-stream');
    await failing.until(() => failing.errors.length > 0);
    const { position } = await store().append(newStream(), batchOf(), 'no-stream');
    await sound.untilAt(position);
    expect(failing.errors).toEqual([expect.objectContaining({ message: 'cannot apply' })]);
    expect(failing.pages).toEqual([]);
    await Promise.all(subscriptions.map((subscription) => subscription.close()));
  });

  test('is closed when the call under way has ended, and calls no more', async () => {
    const gate = deferred();
    const entered = deferred();
    const handled: RecordedEvent[] = [];
    const from = await store().head();
    const subscription = store().subscribe(
      { from },
      {
        onEvents: async (events) => {
          entered.resolve();
          await gate.promise;
          handled.push(...events);
        },
        onError: () => {},
      },
    );
    await store().append(newStream(), batchOf(), 'no-stream');
    await entered.promise;
    let isClosed = false;
    const closing = subscription.close().then(() => (isClosed = true));
    await store().append(newStream(), batchOf(), 'no-stream');
    expect(isClosed).toBe(false);
    gate.resolve();
    await closing;
    expect(handled).toHaveLength(1);
    await expect(subscription.close()).resolves.toBeUndefined();
  });
}

function deferred() {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
