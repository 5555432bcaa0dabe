import { EventStoreDBClient } from '@eventstore/db-client';
import { allOf, batchOf, newStream } from '../test-support/index.js';
import { storesOnTestServer, type OpenedStore } from './test-support/stores-on-test-server.js';

const around = storesOnTestServer();

const isCutOff = (stream: string, revision: number) => ({
  name: 'CutOffStreamError',
  message: expect.stringContaining(`stream ${stream} begins with revision ${revision}`) as string,
});

/** Somebody else's hand in the store. */
async function client<Result>(work: (client: EventStoreDBClient) => Promise<Result>): Promise<Result> {
  const other = EventStoreDBClient.connectionString(around().server.url);
  try {
    return await work(other);
  } finally {
    await other.dispose();
  }
}

async function filled(store: OpenedStore, count: number): Promise<string> {
  const stream = newStream();
  await store.append(stream, batchOf({ count }), 'no-stream');
  return stream;
}

describe('a stream whose first events somebody has cut off', () => {
  it('is refused by its name, read forwards or backwards, alone or among others', async () => {
    const store = await around().open();
    const [stream, whole] = [await filled(store, 5), await filled(store, 5)];
    await client((other) => other.setStreamMetadata(stream, { maxCount: 2 }));
    await expect(allOf(store.read(stream))).rejects.toMatchObject(isCutOff(stream, 3));
    await expect(allOf(store.read(stream, { direction: 'backwards' }))).rejects.toMatchObject(isCutOff(stream, 3));
    await expect(allOf(store.readAll({ filter: { streams: [whole, stream] } }))).rejects.toMatchObject(
      isCutOff(stream, 3),
    );
    const absent = '00000000-0000-4000-8000-00000000dead';
    await expect(store.findCommand(stream, absent)).rejects.toMatchObject(isCutOff(stream, 3));
    expect(await allOf(store.read(whole))).toHaveLength(5);
  });

  it('is read from where it goes on, by one who has what was before', async () => {
    const store = await around().open();
    const stream = await filled(store, 5);
    await client((other) => other.setStreamMetadata(stream, { maxCount: 2 }));
    expect((await allOf(store.read(stream, { from: 3 }))).map(({ revision }) => revision)).toEqual([3, 4]);
    expect(await allOf(store.read(stream, { from: 5 }))).toEqual([]);
    await expect(allOf(store.read(stream, { from: 1 }))).rejects.toMatchObject(isCutOff(stream, 3));
  });

  it('is refused too where all of it is gone and it was begun again', async () => {
    const store = await around().open();
    const stream = await filled(store, 3);
    await client((other) => other.deleteStream(stream));
    await expect(store.append(stream, batchOf(), 'no-stream')).rejects.toMatchObject(isCutOff(stream, 3));
    await expect(allOf(store.read(stream))).rejects.toMatchObject(isCutOff(stream, 3));
  });
});
