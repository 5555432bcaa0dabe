import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { withIds } from '../event-ids.js';
import { allOf, batchOf, newStream, RecordingHandler } from '../test-support/index.js';
import { openEventStoreDb } from './index.js';
import { startTestServer } from './test-server/index.js';
import { storesOnTestServer } from './test-support/stores-on-test-server.js';

const around = storesOnTestServer();

describe('opening', () => {
  test('gives a log one id, also where several processes come first', async () => {
    const { open } = around();
    const stores = await Promise.all([open(), open(), open({ access: 'read-only' }), open()]);
    expect(new Set(stores.map(({ logId }) => logId)).size).toBe(1);
  });

  test('gives each log another id', async () => {
    const [first, server] = [await around().open(), await startTestServer()];
    const second = await openEventStoreDb({ url: server.url, access: 'read-write' });
    expect(second.logId).not.toBe(first.logId);
    await second.close();
    await server.close();
  });

  test('waits for a server that is away', async () => {
    const { server, open } = around();
    await server.faults.refuseConnections();
    const opening = open();
    await server.faults.acceptConnections();
    await expect((await opening).ping()).resolves.toBeUndefined();
  });

  test('gives up on a server that stays away', async () => {
    const { server, open } = around();
    await server.faults.refuseConnections();
    await expect(open({ limits: { open: 200 } })).rejects.toMatchObject({ name: 'StoreUnavailableError' });
    await server.faults.acceptConnections();
  });

  test('for reading is refused where nobody ever wrote', async () => {
    await expect(around().open({ access: 'read-only', limits: { open: 100 } })).rejects.toMatchObject({
      name: 'StoreRefusedError',
      message: expect.stringContaining('start a process with the write-side first') as string,
    });
  });

  test('is refused with a URL that is no connection string, without repeating its password', async () => {
    const refusal = await around()
      .open({ url: 'esdb://admin:sesame@:x?y' })
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: 'StoreRefusedError' });
    expect(String(refusal)).not.toContain('sesame');
  });

  test('for reading takes no appends, and follows those of others', async () => {
    const { open } = around();
    const [writer, reader] = [await open(), await open({ access: 'read-only' })];
    await expect(reader.append(newStream(), batchOf(), 'no-stream')).rejects.toThrow('opened for reading alone');
    const handler = new RecordingHandler();
    reader.subscribe({ from: null }, handler);
    const { events, position } = await writer.append(newStream(), batchOf({ count: 3 }), 'no-stream');
    await handler.untilAt(position);
    expect(handler.events).toEqual(events);
    expect(await reader.head()).toBe(position);
  });
});

describe('a log that others write to as well', () => {
  const foreign = async (count: number, stream = newStream('foreign')): Promise<void> => {
    const client = EventStoreDBClient.connectionString(around().server.url);
    const events = Array.from({ length: count }, () => jsonEvent({ type: 'foreign.v1', data: { any: 1 } }));
    await client.appendToStream(stream, [...events, jsonEvent({ type: '$odd', data: {}, metadata: { by: 'x' } })]);
    await client.dispose();
  };

  test('is empty as long as nothing of ours is in it', async () => {
    const store = await around().open();
    await foreign(20);
    expect(await store.head()).toBeNull();
    expect(await allOf(store.readAll())).toEqual([]);
    const handler = new RecordingHandler();
    store.subscribe({ from: null }, handler);
    await handler.until(() => handler.caughtUp > 0);
    expect(handler.events).toEqual([]);
    expect(handler.upTo).toBeNull();
  });

  test('shows what is ours, and has its head there, however much lies behind it', async () => {
    const store = await around().open();
    const handler = new RecordingHandler();
    store.subscribe({ from: null }, handler);
    const [stream, shared] = [newStream(), newStream()];
    const first = await store.append(stream, batchOf({ count: 2 }), 'no-stream');
    await foreign(700, shared);
    const second = await store.append(shared, batchOf(), 700);
    await foreign(700);
    const ours = [...first.events, ...second.events];
    expect(await (await around().open()).head()).toBe(second.position);
    expect(await allOf(store.readAll())).toEqual(ours);
    expect(await allOf(store.readAll({ direction: 'backwards' }))).toEqual(ours.toReversed());
    expect(await allOf(store.readAll({ direction: 'backwards', limit: 1 }))).toEqual(second.events);
    expect(await allOf(store.read(shared))).toEqual(second.events);
    await handler.untilAt(second.position);
    expect(handler.events).toEqual(ours);
  });
});

describe('events that are copied from another log', () => {
  const copied = () => {
    const stream = newStream();
    const at = ['2024-02-29T23:59:59.999Z', '2025-01-01T00:00:00.000Z'];
    const events = withIds(batchOf({ count: 2 })).map((event, revision) => ({
      ...event,
      stream,
      revision,
      position: '0000000000000001' as never,
      at: at[revision] ?? '',
    }));
    return { stream, events };
  };

  test('keep their ids, content and times', async () => {
    const store = await around().open();
    const { stream, events } = copied();
    await store.importRecorded(stream, events, 'no-stream');
    const read = await allOf(store.read(stream));
    expect(read).toEqual(events.map((event, index) => ({ ...event, position: read[index]?.position })));
    const { revision } = await store.append(stream, batchOf(), 1);
    expect(revision).toBe(2);
  });

  test('are there once when they are copied again', async () => {
    const store = await around().open();
    const { stream, events } = copied();
    await store.importRecorded(stream, events, 'no-stream');
    await store.importRecorded(stream, events, 'no-stream');
    expect(await allOf(store.read(stream))).toHaveLength(2);
    const other = events.map((event) => ({ ...event, at: '2026-01-01T00:00:00.000Z' }));
    await expect(store.importRecorded(stream, other, 'no-stream')).rejects.toMatchObject({
      name: 'EventIdConflictError',
    });
    await expect(store.importRecorded(stream, events, 1)).rejects.toMatchObject({
      name: 'WrongExpectedRevisionError',
    });
  });
});
