import { openEventStoreDb } from '../../event-store/eventstoredb/index.js';
import { startTestServer, type TestServer } from '../../event-store/eventstoredb/test-server/index.js';
import type { RecordedEvent } from '../../event-store/index.js';
import { openSqliteEventStore } from '../../event-store/sqlite/index.js';
import { allOf, batchOf, newStream, temporaryDirectories } from '../../event-store/test-support/index.js';
import { copyLog } from './copy-log.js';
import { NO_EVENTS, withEvent } from './event-digest.js';
import { contentIn, contentOf, fillLog } from './test-support/sample-logs.js';
import { until } from '../../test-support/until.js';

const newDirectory = temporaryDirectories();

type Content = readonly Omit<RecordedEvent, 'position'>[];

async function contentOn(server: TestServer): Promise<Content> {
  const store = await openEventStoreDb({ url: server.url, access: 'read-only' });
  try {
    return await contentOf(store);
  } finally {
    await store.close();
  }
}

/** The digest of each stream, by its name. */
function digestsOf(content: Content): Map<string, string> {
  const digests = new Map<string, string>();
  for (const event of content) {
    const before = digests.get(event.stream) ?? NO_EVENTS;
    digests.set(event.stream, withEvent(before, event));
  }
  return digests;
}

/** Streams in the order of their names: among each other they may have another one in a copy. */
const inStreams = (content: Content): Content =>
  content.toSorted((a, b) => (a.stream === b.stream ? a.revision - b.revision : a.stream < b.stream ? -1 : 1));

async function copy(from: string, to: string): Promise<string> {
  const said: string[] = [];
  await copyLog(from, to, (line) => said.push(line));
  return said.join('\n');
}

/** A log with one event whose data take so many bytes. */
async function logWith(bytes: number): Promise<{ directory: string; stream: string }> {
  const [directory, stream] = [newDirectory(), newStream()];
  const store = await openSqliteEventStore({ directory, access: 'read-write' });
  await store.append(stream, batchOf({ data: { filler: 'x'.repeat(bytes) } }), 'no-stream');
  await store.close();
  return { directory, stream };
}

describe('copying a log into EventStoreDB', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startTestServer();
  });
  afterEach(() => server.close());

  it('and back keeps every event, byte for byte of canonical JSON, and its time', async () => {
    const [home, back] = [await fillLog(newDirectory(), 300), newDirectory()];
    const content = await contentIn(home);
    await copy(`sqlite:${home}`, server.url);
    expect(inStreams(await contentOn(server))).toEqual(inStreams(content));
    await copy(server.url, `sqlite:${back}`);
    expect(await contentIn(back)).toEqual(await contentOn(server));
    expect(digestsOf(await contentIn(back))).toEqual(digestsOf(content));
  });

  it('goes on after an interruption, without holes or doubles', async () => {
    const home = await fillLog(newDirectory(), 300);
    server.faults.loseReplies(5);
    const interrupted = expect(copy(`sqlite:${home}`, server.url)).rejects.toThrow(
      'run the same command again to go on',
    );
    await until(() => server.activity.appends >= 40);
    server.faults.failAppends(1, 'access-denied');
    await interrupted;
    const half = await contentOn(server);
    expect(half.length).toBeGreaterThan(0);
    expect(half.length).toBeLessThan(600);
    await copy(`sqlite:${home}`, server.url);
    expect(inStreams(await contentOn(server))).toEqual(inStreams(await contentIn(home)));
  });

  it('brings back what the cluster recorded since', async () => {
    const home = await fillLog(newDirectory(), 30);
    await copy(`sqlite:${home}`, server.url);
    const cluster = await openEventStoreDb({ url: server.url, access: 'read-write' });
    const [first] = await allOf(cluster.readAll({ limit: 1 }));
    // Whatever the stream's end: only the new events count.
    await cluster.append(first?.stream ?? '', batchOf({ count: 2 }), 'any');
    await cluster.append(newStream(), batchOf(), 'no-stream');
    await cluster.close();
    await copy(server.url, `sqlite:${home}`);
    expect(inStreams(await contentIn(home))).toEqual(inStreams(await contentOn(server)));
  });

  it('takes long streams in parts and names an event that is too large', async () => {
    const large = await logWith(400_000);
    const store = await openSqliteEventStore({ directory: large.directory, access: 'read-write' });
    await store.append(large.stream, batchOf({ count: 4, data: { filler: 'x'.repeat(400_000) } }), 0);
    await store.close();
    await copy(`sqlite:${large.directory}`, server.url);

    const [other, { directory, stream }] = [await startTestServer(), await logWith(1_100_000)];
    await expect(copy(`sqlite:${directory}`, other.url)).rejects.toThrow(
      new RegExp(`event \\S+, number 0 of stream ${stream}, has 1100\\d{3} bytes, more than TO takes`),
    );
    await other.close();
  });

  it('refuses one that holds other events', async () => {
    const home = await fillLog(newDirectory(), 5);
    const cluster = await openEventStoreDb({ url: server.url, access: 'read-write' });
    const stream = newStream();
    await cluster.append(stream, batchOf(), 'no-stream');
    await cluster.close();
    await expect(copy(`sqlite:${home}`, server.url)).rejects.toThrow(`first in stream ${stream}`);
  });
});
