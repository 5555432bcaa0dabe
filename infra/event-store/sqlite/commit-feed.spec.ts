import { randomUUID } from 'node:crypto';
import { BroadcastChannel } from 'node:worker_threads';
import { allOf, batchOf, newStream, RecordingHandler, temporaryDirectories } from '../test-support/index.js';
import { CommitFeed } from './commit-feed.js';
import { channelOf } from './log-channel.js';
import { openSqliteEventStore } from './open-sqlite-event-store.js';
import { COMMITTED } from './writer-protocol.js';

const newDirectory = temporaryDirectories();

const endings: (() => void)[] = [];
afterEach(() => endings.splice(0).forEach((end) => end()));

/** A feed over a log that the test moves, and a follower that can be waited for. */
function follow() {
  const log = { headIs: 5, version: 1 };
  const channel = `test:${randomUUID()}`;
  const feed = new CommitFeed({ head: () => log.headIs, dataVersion: () => log.version }, channel);
  let woken = (): void => {};
  const wake = new Promise<void>((resolve) => (woken = resolve));
  const follower = { wake: () => woken() };
  feed.follow(follower);
  const broadcast = new BroadcastChannel(channel);
  endings.push(
    () => feed.leave(follower),
    () => broadcast.close(),
  );
  return { log, feed, channel: broadcast, wake };
}

test('a commit of another process is noticed by the data version', async () => {
  const { log, feed, wake } = follow();
  log.headIs = 6;
  log.version = 2;
  await wake;
  expect(feed.head).toBe(6);
});

test('a commit of another thread is noticed by its notice, without the data version', async () => {
  const { log, feed, channel, wake } = follow();
  log.headIs = 6;
  channel.postMessage(COMMITTED);
  await wake;
  expect(feed.head).toBe(6);
});

test('each commit gives notice on the channel of its log', async () => {
  const directory = newDirectory();
  const store = await openSqliteEventStore({ directory, access: 'read-write' });
  const channel = new BroadcastChannel(channelOf(`${directory}/../${directory.split('/').at(-1) ?? ''}`));
  const notice = new Promise((resolve) => (channel.onmessage = resolve));
  await store.append(newStream(), batchOf(), 'no-stream');
  expect(await notice).toHaveProperty('data', COMMITTED);
  channel.close();
  await store.close();
});

test('a store that is opened for reading follows another one, and takes no appends', async () => {
  const directory = newDirectory();
  const store = await openSqliteEventStore({ directory, access: 'read-write' });
  const follower = await openSqliteEventStore({ directory, access: 'read-only' });
  expect(follower.logId).toBe(store.logId);
  const handler = new RecordingHandler();
  const subscription = follower.subscribe({ from: null }, handler);
  for (let appended = 0; appended < 40; appended += 1)
    await store.append(newStream(), batchOf({ count: 20 }), 'no-stream');
  await handler.until(() => handler.events.length >= 800);
  expect(handler.events).toEqual(await allOf(store.readAll()));
  await expect(follower.append(newStream(), batchOf(), 'any')).rejects.toHaveProperty('name', 'StoreUnavailableError');
  await follower.ping();
  await subscription.close();
  await follower.close();
  await store.close();
});

test('a store that is closed refuses to append, and ends its subscriptions', async () => {
  const store = await openSqliteEventStore({ directory: newDirectory(), access: 'read-write' });
  const handler = new RecordingHandler();
  store.subscribe({ from: null }, handler);
  const last = store.append(newStream(), batchOf(), 'no-stream');
  await store.close();
  expect((await last).revision).toBe(0);
  await expect(store.append(newStream(), batchOf(), 'any')).rejects.toThrow('closed');
  await expect(store.ping()).rejects.toHaveProperty('name', 'StoreUnavailableError');
  expect(handler.errors).toEqual([]);
  await store.close();
});
