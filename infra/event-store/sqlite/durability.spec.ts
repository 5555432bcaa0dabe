import { withIds } from '../event-ids.js';
import type { EventStore } from '../event-store.js';
import {
  allOf,
  batchOf,
  newStream,
  RecordingHandler,
  startAppending,
  temporaryDirectories,
} from '../test-support/index.js';
import { openSqliteEventStore } from './open-sqlite-event-store.js';

const newDirectory = temporaryDirectories();
const big = { filler: 'x'.repeat(2_000) };

/** Appends one by one until the store refuses; answers the acknowledged ids and the refusal. */
async function fill(store: EventStore): Promise<{ ids: string[]; refusal: unknown }> {
  const ids: string[] = [];
  for (;;) {
    const batch = batchOf({ data: big });
    try {
      await store.append(newStream(), batch, 'no-stream');
      ids.push(withIds(batch)[0]?.id ?? '');
    } catch (refusal) {
      return { ids, refusal };
    }
  }
}

const idsOf = async (store: EventStore): Promise<string[]> => (await allOf(store.readAll())).map(({ id }) => id);

describe('a full disk', () => {
  test('ends writing until a restart, and loses nothing that was acknowledged', async () => {
    const directory = newDirectory();
    const store = await openSqliteEventStore({ directory, access: 'read-write', maxPages: 60 });
    const { ids, refusal } = await fill(store);
    expect(refusal).toHaveProperty('name', 'StoreUnavailableError');
    expect(ids.length).toBeGreaterThan(10);

    const small = store.append(newStream(), batchOf(), 'no-stream');
    await expect(small).rejects.toThrow('takes no writes until it is restarted');
    await expect(store.ping()).rejects.toHaveProperty('name', 'StoreUnavailableError');
    expect(await idsOf(store)).toEqual(ids);
    await store.close();

    const restarted = await openSqliteEventStore({ directory, access: 'read-write' });
    expect(await idsOf(restarted)).toEqual(ids);
    await restarted.append(newStream(), batchOf(), 'no-stream');
    await restarted.close();
  });

  test('answers every append that was waiting behind the one that failed', async () => {
    const store = await openSqliteEventStore({ directory: newDirectory(), access: 'read-write', maxPages: 60 });
    const attempts = Array.from({ length: 5_000 }, () => store.append(newStream(), batchOf({ data: big }), 'any'));
    const outcomes = await Promise.allSettled(attempts);
    const names = outcomes.map((outcome) => (outcome.status === 'rejected' ? (outcome.reason as Error).name : 'none'));
    expect(new Set(names)).toEqual(new Set(['StoreUnavailableError']));
    expect(await store.head()).toBeNull();
    await store.close();
  });

  test('also where the operating system refuses the write', async () => {
    const directory = newDirectory();
    const { lines, ended } = startAppending(directory, { count: 3_000, shared: newStream(), limit: 'ulimit -f 600;' });
    await ended;
    const acknowledged = lines.filter((line) => !line.startsWith('-'));
    expect(acknowledged.length).toBeGreaterThan(10);
    expect(lines.slice(lines.findIndex((line) => line.startsWith('-'))).every((line) => line.startsWith('-'))).toBe(
      true,
    );
    expect(lines.at(-1)).toBe('-StoreUnavailableError');

    const restarted = await openSqliteEventStore({ directory, access: 'read-write' });
    const ids = await idsOf(restarted);
    expect(new Set(ids).size).toBe(ids.length);
    expect(acknowledged.filter((id) => !ids.includes(id))).toEqual([]);
    await restarted.close();
  });
});

test('a process that is killed while it appends loses nothing that it acknowledged', async () => {
  const directory = newDirectory();
  const shared = newStream();
  const acknowledged: string[] = [];
  for (const killAfter of [50, 400, 1_500]) {
    const { child, lines, printed, ended } = startAppending(directory, { count: 1_000_000, shared });
    await printed(killAfter);
    child.kill('SIGKILL');
    await ended;
    acknowledged.push(...lines);
  }
  const store = await openSqliteEventStore({ directory, access: 'read-write' });
  const events = await allOf(store.readAll());
  const times = new Map<string, number>();
  for (const { id } of events) times.set(id, (times.get(id) ?? 0) + 1);
  expect(acknowledged.length).toBeGreaterThan(1_900);
  expect(acknowledged.filter((id) => times.get(id) !== 1)).toEqual([]);
  const revisions = (await allOf(store.read(shared))).map(({ revision }) => revision);
  expect(revisions).toEqual(revisions.map((_, index) => index));
  await store.close();
});

test('processes that write to one directory at once share its log', async () => {
  const directory = newDirectory();
  const shared = newStream();
  const store = await openSqliteEventStore({ directory, access: 'read-write' });
  const handler = new RecordingHandler();
  const subscription = store.subscribe({ from: null }, handler);
  const processes = [1, 2].map(() => startAppending(directory, { count: 1_000, shared }));
  const own: string[] = [];
  for (let appended = 0; appended < 200; appended += 1) {
    const { events } = await store.append(shared, batchOf(), 'any');
    own.push(...events.map(({ id }) => id));
  }
  await Promise.all(processes.map(({ ended }) => ended));
  const acknowledged = [...processes.flatMap(({ lines }) => lines), ...own];
  expect(acknowledged.filter((line) => line.startsWith('-'))).toEqual([]);
  await handler.until(() => handler.events.length >= acknowledged.length);
  expect(handler.events.map(({ id }) => id).sort()).toEqual(acknowledged.sort());
  const revisions = (await allOf(store.read(shared))).map(({ revision }) => revision);
  expect(revisions).toEqual(revisions.map((_, index) => index));
  expect(handler.events).toEqual(await allOf(store.readAll()));
  await subscription.close();
  await store.close();
});
