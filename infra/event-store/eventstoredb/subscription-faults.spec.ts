import { allOf, batchOf, newStream, RecordingHandler } from '../test-support/index.js';
import type { EventStore } from '../event-store.js';
import { startTestServer } from './test-server/index.js';
import { storesOnTestServer } from './test-support/stores-on-test-server.js';
import { until } from '../../test-support/until.js';

const around = storesOnTestServer();

async function appendMany(store: EventStore, count: number): Promise<void> {
  const stream = newStream();
  for (let revision = -1; revision < count - 1; revision += 1)
    await store.append(stream, batchOf(), revision < 0 ? 'no-stream' : revision);
}

async function expectWholeLog(store: EventStore, handlers: readonly RecordingHandler[]): Promise<void> {
  const head = await store.head();
  if (head === null) throw new Error('the log is empty');
  await Promise.all(handlers.map((handler) => handler.untilAt(head)));
  const log = await allOf(store.readAll());
  for (const handler of handlers) {
    expect(handler.events).toEqual(log);
    expect(handler.errors).toEqual([]);
  }
}

test.each(['unavailable', 'cancelled', 'consumer-too-slow', 'ended', 'disconnect'] as const)(
  'subscriptions come back by themselves without a gap or a duplicate when they are lost (%s)',
  async (reason) => {
    const { server, open } = around();
    const store = await open();
    const slow = new RecordingHandler(() => new Promise((resolve) => setImmediate(resolve)));
    const handlers = [new RecordingHandler(), new RecordingHandler(), slow];
    for (const handler of handlers) store.subscribe({ from: null }, handler);
    const appending = Promise.all([appendMany(store, 60), appendMany(store, 60), appendMany(store, 60)]);
    for (const seen of [10, 50, 100]) {
      await handlers[0]?.until(() => (handlers[0]?.events.length ?? 0) >= seen);
      if (reason === 'disconnect') server.faults.disconnect();
      else server.faults.dropSubscriptions(reason);
    }
    await appending;
    await expectWholeLog(store, handlers);
  },
);

test('a subscription outlives a restart of the server, and says when it has caught up again', async () => {
  const { server, open } = around();
  const [store, other] = [await open(), await open()];
  const handler = new RecordingHandler();
  store.subscribe({ from: null }, handler);
  await appendMany(other, 20);
  await handler.until(() => handler.events.length === 20 && handler.caughtUp > 0);
  const before = handler.caughtUp;
  await server.restart();
  await appendMany(other, 20);
  await expectWholeLog(store, [handler]);
  await handler.until(() => handler.caughtUp > before);
});

test('a subscription that begins while the server is away waits for it', async () => {
  const { server, open } = around();
  const store = await open();
  await appendMany(store, 5);
  await server.faults.refuseConnections();
  const handler = new RecordingHandler();
  store.subscribe({ from: null }, handler);
  await server.faults.acceptConnections();
  await handler.until(() => handler.events.length === 5);
  expect(handler.errors).toEqual([]);
});

test('a subscription that the server does not confirm is tried again', async () => {
  const { server, open } = around();
  const store = await open({ limits: { call: 100 } });
  const hold = server.faults.hold({ what: 'subscription', count: 2 });
  const handler = new RecordingHandler();
  store.subscribe({ from: null }, handler);
  await hold.untilHeld(2);
  await handler.until(() => handler.caughtUp > 0);
});

test('a subscription goes to the leader when that has changed', async () => {
  const { server, open } = around();
  const store = await open();
  server.faults.answerNotLeader(4);
  const handler = new RecordingHandler();
  store.subscribe({ from: null }, handler);
  await appendMany(store, 5);
  await handler.until(() => handler.events.length === 5);
  expect(handler.errors).toEqual([]);
});

test('a subscription moves to the new leader when an append learns of it', async () => {
  const { server, open } = around();
  const leader = await startTestServer({ over: server });
  // Nothing else than the append's answer may end the connection to the old one.
  const store = await open({ url: `${server.url}&keepAliveInterval=600000` });
  const handler = new RecordingHandler();
  store.subscribe({ from: null }, handler);
  await handler.until(() => handler.caughtUp > 0);
  server.faults.answerNotLeader(Infinity, leader);
  await appendMany(store, 5);
  await until(() => leader.activity.subscriptions > 0 && server.activity.subscriptions === 0);
  await appendMany(store, 5);
  await handler.until(() => handler.events.length === 10);
  expect(handler.errors).toEqual([]);
  await store.close();
  await leader.close();
});

test('a slow handler falls behind, reads on from the log, and catches up again', async () => {
  const { open } = around();
  const [store, other] = [await open(), await open()];
  let release = (): void => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  const slow = new RecordingHandler(() => gate);
  const quick = new RecordingHandler();
  for (const handler of [slow, quick]) store.subscribe({ from: null }, handler);
  for (let batch = 0; batch < 6; batch += 1) await other.append(newStream(), batchOf({ count: 800 }), 'no-stream');
  await quick.until(() => quick.events.length === 4_800);
  release();
  await expectWholeLog(store, [slow, quick]);
  await slow.until(() => slow.caughtUp > 0);
});

test('a subscription can be closed while the server is away', async () => {
  const { server, open } = around();
  const store = await open();
  await server.faults.refuseConnections();
  const handler = new RecordingHandler();
  await store.subscribe({ from: null }, handler).close();
  expect(handler.errors).toEqual([]);
  await server.faults.acceptConnections();
});

test('a position of another kind of log is refused', async () => {
  const store = await around().open();
  await appendMany(store, 3);
  const handler = new RecordingHandler();
  store.subscribe({ from: '0000000000000002' as never }, handler);
  await handler.until(() => handler.errors.length > 0);
  expect(handler.errors).toEqual([expect.objectContaining({ name: 'RangeError' })]);
  await expect(allOf(store.readAll({ from: '0000000000000002' as never }))).rejects.toThrow(RangeError);
});

test('a subscription that is silent while its connection lives is begun anew', async () => {
  const { server, open } = around();
  const [store, other] = [await open({ limits: { silence: 100, call: 300 } }), await open()];
  const handler = new RecordingHandler();
  store.subscribe({ from: null }, handler);
  await handler.until(() => handler.caughtUp > 0);
  server.faults.slowSubscriptions(600_000);
  await appendMany(other, 1);
  await handler.until(() => handler.events.length === 1);
  // The one that there is says nothing more; the next would.
  server.faults.slowSubscriptions(0);
  await appendMany(other, 1);
  await expectWholeLog(store, [handler]);
});

test('the observer is told when the server has found a subscription too slow, and of nothing else', async () => {
  const { server, open } = around();
  const told: string[] = [];
  const store = await open({ onDropped: (reason) => told.push(reason) });
  const handler = new RecordingHandler();
  store.subscribe({ from: null }, handler);
  await handler.until(() => handler.caughtUp > 0);
  for (const reason of ['unavailable', 'consumer-too-slow'] as const) {
    const before = handler.caughtUp;
    server.faults.dropSubscriptions(reason);
    await handler.until(() => handler.caughtUp > before);
  }
  expect(told).toEqual([expect.stringContaining('too slow')]);
});
