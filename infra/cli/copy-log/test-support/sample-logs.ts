import type { EventStore, RecordedEvent } from '../../../event-store/index.js';
import { openSqliteEventStore } from '../../../event-store/sqlite/index.js';
import { allOf, batchOf, newStream } from '../../../event-store/test-support/index.js';

/** Fills a log with streams that grow in turns; answers its directory. */
export async function fillLog(directory: string, appends: number): Promise<string> {
  const store = await openSqliteEventStore({ directory, access: 'read-write' });
  const streams = Array.from({ length: Math.ceil(appends / 5) }, () => newStream());
  const append = (index: number) =>
    store.append(
      streams[index % streams.length] ?? '',
      batchOf({ count: 1 + (index % 3), data: { umlaut: 'ü', '10': 1, b: null, a: [{ z: 1, y: '2' }] } }),
      // The order of appends to one stream is all that counts here.
      'any',
    );
  await Promise.all(Array.from({ length: appends }, (_, index) => append(index)));
  await store.close();
  return directory;
}

/** All that a copy has to keep. */
export async function contentOf(store: EventStore): Promise<Omit<RecordedEvent, 'position'>[]> {
  const all = await allOf(store.readAll());
  return all.map(({ id, stream, revision, at, type, data, metadata }) => ({
    id,
    stream,
    revision,
    at,
    type,
    data,
    metadata,
  }));
}

export async function contentIn(directory: string): Promise<Omit<RecordedEvent, 'position'>[]> {
  const store = await openSqliteEventStore({ directory, access: 'read-only' });
  try {
    return await contentOf(store);
  } finally {
    await store.close();
  }
}
