import { allOf, batchOf, newStream } from '../test-support/index.js';
import { storesOnTestServer, type OpenedStore } from './test-support/stores-on-test-server.js';

const around = storesOnTestServer();

const appendTo = (store: OpenedStore, stream = newStream(), data = {}) =>
  store.append(stream, batchOf({ count: 2, data }), 'no-stream');

test.each(['unavailable', 'not-leader'] as const)(
  'the end of the call (%s) leaves no append without its own answer, and doubles none',
  async (why) => {
    const { server, open } = around();
    server.faults.hold({ what: 'subscription' });
    const store = await open();
    const streams = Array.from({ length: 8 }, () => newStream());
    // Committed, and not answered before the call ends for the sake of another append.
    const hold = server.faults.hold({ what: 'append-after-commit', count: 4 });
    const appending = streams.slice(0, 4).map((stream) => appendTo(store, stream));
    await hold.untilHeld(4);
    if (why === 'unavailable') server.faults.failAppends(1);
    else server.faults.answerNotLeader(1);
    appending.push(...streams.slice(4).map((stream) => appendTo(store, stream)));
    for (const [index, { events }] of (await Promise.all(appending)).entries()) {
      expect(events).toHaveLength(2);
      expect(await allOf(store.read(streams[index] ?? ''))).toEqual(events);
    }
    hold.release();
  },
);

test('appends of a call that another one ended are not known to have recorded nothing', async () => {
  const { server, open } = around();
  server.faults.hold({ what: 'subscription' });
  const store = await open({ limits: { call: 200, answer: 400 } });
  const hold = server.faults.hold({ what: 'append-after-commit' });
  const appending = appendTo(store).catch((error: unknown) => error);
  await hold.untilHeld(1);
  server.faults.answerNotLeader(1);
  void appendTo(store).catch(() => undefined);
  expect(await appending).toHaveProperty('name', 'UnknownOutcomeError');
});

test('an append whose answer never comes holds up no other, and is sent again', async () => {
  const { server, open } = around();
  server.faults.hold({ what: 'subscription' });
  const store = await open({ limits: { call: 100 } });
  server.faults.hold({ what: 'append-after-commit', count: 1 });
  const [late, stream] = [appendTo(store), newStream()];
  await appendTo(store, stream);
  for (let revision = 1; revision < 20; revision += 1) await store.append(stream, batchOf(), revision);
  expect((await late).events).toHaveLength(2);
});

test('appends share one call, whether they are under way at once or one after the other', async () => {
  const { server, open } = around();
  const store = await open();
  await Promise.all(Array.from({ length: 50 }, () => appendTo(store)));
  await appendTo(store);
  expect(server.activity.batchAppendCalls).toBe(1);
});

test('an append that is large has a call of its own', async () => {
  const { server, open } = around();
  const store = await open();
  await appendTo(store);
  await appendTo(store, newStream(), { text: 'x'.repeat(200_000) });
  await appendTo(store);
  expect(server.activity.batchAppendCalls).toBe(2);
});
