import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore } from '../event-store.js';
import { allOf, batchOf, newStream, RecordingHandler } from '../test-support/index.js';
import { openEventStoreDb } from './index.js';
import { startTestServer, type TestServer } from './test-server/index.js';

/** A server with another log that has the first one's place. */
describe('a log that another one has taken the place of', () => {
  let server: TestServer;
  let store: EventStore;
  let other: TestServer;
  let handler: RecordingHandler;
  const stream = newStream();
  beforeEach(async () => {
    server = await startTestServer();
    store = await openEventStoreDb({ url: server.url, access: 'read-write', limits: { call: 300, answer: 1_000 } });
    handler = new RecordingHandler();
    store.subscribe({ from: null }, handler);
    await store.append(stream, batchOf({ count: 2 }), 'no-stream');
    await handler.until(() => handler.events.length === 2);
    await server.stop();
    other = await startTestServer({ port: server.port });
  });
  afterEach(async () => {
    await store.close();
    await other.close();
    await server.close();
  });

  const isOther = { name: 'OtherLogError', message: expect.stringContaining('an empty log') as string };
  /** The driver notices by steps of its own that there is a server again. */
  const untilItAnswers = async (): Promise<unknown> => {
    for (;;) {
      const answer: unknown = await store.ping().catch((error: unknown) => error);
      if (answer === undefined || (answer instanceof Error && answer.name === isOther.name)) return answer;
      await pause(1);
    }
  };

  test('is said not to be there, and nothing is appended to the other or read from it', async () => {
    expect(await untilItAnswers()).toMatchObject(isOther);
    const before = other.eventCount;
    await expect(store.append(newStream(), batchOf(), 'no-stream')).rejects.toMatchObject(isOther);
    await expect(allOf(store.read(stream))).rejects.toMatchObject(isOther);
    await expect(store.head()).rejects.toMatchObject(isOther);
    expect(other.eventCount).toBe(before);
  });

  test('is not mixed with events that others record in its place', async () => {
    expect(await untilItAnswers()).toMatchObject(isOther);
    const stranger = await openEventStoreDb({ url: other.url, access: 'read-write' });
    await stranger.append(newStream(), batchOf({ count: 600 }), 'no-stream');
    await expect(store.ping()).rejects.toMatchObject({
      ...isOther,
      message: expect.stringContaining(stranger.logId) as string,
    });
    await stranger.close();
    expect(handler.events).toHaveLength(2);
    expect(handler.errors).toEqual([]);
  });

  test('goes on when it is back', async () => {
    expect(await untilItAnswers()).toMatchObject(isOther);
    await other.close();
    await server.start();
    expect(await untilItAnswers()).toBeUndefined();
    const { position } = await store.append(stream, batchOf(), 1);
    await handler.untilAt(position);
    expect(handler.events).toHaveLength(3);
  });
});

test('an append under way when another log takes the place is not made there', async () => {
  const server = await startTestServer();
  const store = await openEventStoreDb({ url: server.url, access: 'read-write', limits: { answer: 2_000 } });
  await store.append(newStream(), batchOf(), 'no-stream');
  await server.stop();
  const other = await startTestServer({ port: server.port });
  const before = other.eventCount;
  const failure = { cause: { name: 'OtherLogError' } };
  await expect(store.append(newStream(), batchOf(), 'no-stream')).rejects.toMatchObject(failure);
  await expect(store.append(newStream(), batchOf(), 'no-stream')).rejects.toMatchObject({ name: 'OtherLogError' });
  expect(other.eventCount).toBe(before);
  for (const each of [store, other, server]) await each.close();
});

/** A backup that was put back: the same log, without what was recorded since. */
describe('a log that was put back as it was before', () => {
  const limits = { call: 300, answer: 1_000 };
  let server: TestServer;
  let older: TestServer;
  let store: EventStore;
  let handler: RecordingHandler;
  beforeEach(async () => {
    server = await startTestServer();
    store = await openEventStoreDb({ url: server.url, access: 'read-write', limits });
    handler = new RecordingHandler();
    store.subscribe({ from: null }, handler);
    await store.append(newStream(), batchOf({ count: 2 }), 'no-stream');
    const backup = server.backup();
    await store.append(newStream(), batchOf({ count: 3 }), 'no-stream');
    await handler.until(() => handler.events.length === 5);
    await server.stop();
    older = await startTestServer({ port: server.port, backup });
  });
  afterEach(async () => {
    await store.close();
    await older.close();
    await server.close();
  });

  const isOlder = { name: 'OtherLogError', message: expect.stringContaining('as it was before') as string };
  const untilItAnswers = async (): Promise<unknown> => {
    for (;;) {
      const answer: unknown = await store.ping().catch((error: unknown) => error);
      if (answer === undefined || (answer instanceof Error && answer.name === isOlder.name)) return answer;
      await pause(1);
    }
  };

  test('is noticed, and nothing is appended to it or read from it', async () => {
    expect(await untilItAnswers()).toMatchObject(isOlder);
    const before = older.eventCount;
    await expect(store.append(newStream(), batchOf(), 'no-stream')).rejects.toMatchObject(isOlder);
    await expect(allOf(store.readAll())).rejects.toMatchObject(isOlder);
    await expect(store.head()).rejects.toMatchObject(isOlder);
    expect(older.eventCount).toBe(before);
  });

  test('is used by one who opens it then', async () => {
    const later = await openEventStoreDb({ url: older.url, access: 'read-write' });
    expect(later.logId).toBe(store.logId);
    await later.append(newStream(), batchOf(), 'no-stream');
    expect(await allOf(later.readAll())).toHaveLength(3);
    await later.close();
  });
});
