import type { RecordedEvent } from '../event-store.js';
import { allOf, batchOf, newStream } from '../test-support/index.js';
import { storesOnTestServer, type OpenedStore } from './test-support/stores-on-test-server.js';
import { until } from '../../test-support/until.js';

const around = storesOnTestServer();

const [RED, BLUE] = [newStream('red'), newStream('blue')];

/** 1,600 events in two streams, by turns. */
async function filled(store: OpenedStore): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (let round = 0; round < 8; round += 1)
    for (const stream of [RED, BLUE])
      events.push(...(await store.append(stream, batchOf({ count: 100 }), 'any')).events);
  return events;
}

interface Reading {
  readonly title: string;
  readonly read: (store: OpenedStore) => AsyncIterable<RecordedEvent>;
  readonly stream?: string;
}

const READINGS: readonly Reading[] = [
  { title: 'the log', read: (store) => store.readAll() },
  { title: 'the log backwards', read: (store) => store.readAll({ direction: 'backwards' }) },
  { title: 'a category', read: (store) => store.readAll({ filter: { categories: ['red'] } }), stream: RED },
  { title: 'a type', read: (store) => store.readAll({ filter: { types: ['sample.happened.v1'] } }) },
  { title: 'streams', read: (store) => store.readAll({ filter: { streams: [RED, BLUE] } }) },
  { title: 'a stream', read: (store) => store.read(RED), stream: RED },
];

test.each(READINGS)('reading $title goes on where it was when it is cut', async ({ title, read, stream }) => {
  const { server, open } = around();
  const store = await open();
  const all = await filled(store);
  const events: RecordedEvent[] = [];
  for await (const event of read(store)) {
    events.push(event);
    if (events.length % 300 === 1) server.faults.disconnect();
  }
  const expected = all.filter((event) => stream === undefined || event.stream === stream);
  expect(events).toEqual(title.endsWith('backwards') ? expected.toReversed() : expected);
});

test.each(READINGS)('reading $title is tried again when no answer comes', async ({ read, stream }) => {
  const { server, open } = around();
  const store = await open({ limits: { call: 200 } });
  const { events } = await store.append(stream ?? RED, batchOf({ count: 2 }), 'no-stream');
  const [reads, subscriptions] = [
    server.faults.hold({ what: 'read', count: 1 }),
    server.faults.hold({ what: 'subscription', count: 1 }),
  ];
  const found = await allOf(read(store));
  expect(found.map(({ id }) => id).sort()).toEqual(events.map(({ id }) => id).sort());
  expect(reads.held + subscriptions.held).toBeGreaterThan(0);
});

test('a filtered read can be left early, and leaves nothing behind on the server', async () => {
  const { server, open } = around();
  const store = await open({ access: 'read-write' });
  await filled(store);
  const reader = await open({ access: 'read-only' });
  const before = server.activity.subscriptions;
  for await (const event of reader.readAll({ filter: { types: ['sample.happened.v1'] } }))
    if (event.revision === 5) break;
  await allOf(reader.readAll({ filter: { types: ['sample.happened.v1'] } }));
  await until(() => server.activity.subscriptions <= before);
});

test('what the filter of the server lets through too much is left out', async () => {
  const store = await around().open();
  const [stream, longer] = [newStream('cat'), newStream('category')];
  await store.append(longer, batchOf({ type: 'sample.happened.v1' }), 'no-stream');
  const { events } = await store.append(stream, batchOf({ type: 'sample.happened.v10' }), 'no-stream');
  await store.append(stream, batchOf({ type: 'sample.happened.v1' }), 0);
  const filter = { categories: ['cat'], types: ['sample.happened.v10'] };
  expect(await allOf(store.readAll({ filter }))).toEqual(events);
  expect(await allOf(store.readAll({ filter: { types: ['sample.happened'] } }))).toEqual([]);
  expect(await allOf(store.readAll({ filter: { categories: ['cat'] } }))).toHaveLength(2);
});
