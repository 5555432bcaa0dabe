import { randomUUID } from 'node:crypto';
import type {
  EventFilter,
  EventMetadata,
  EventStore,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
} from '../event-store.js';
import { allOf, batchOf, newStream, RecordingHandler } from '../test-support/index.js';

export function readContract(store: () => EventStore): void {
  describe('reading', () => {
    streams(store);
    log(store);
    health(store);
  });
}

function streams(store: () => EventStore): void {
  const revisions = async (stream: string, options?: ReadStreamOptions) =>
    (await allOf(store().read(stream, options))).map(({ revision }) => revision);

  test('a stream is read from a revision, in both directions, to a limit', async () => {
    const stream = newStream();
    await store().append(stream, batchOf({ count: 6 }), 'no-stream');
    expect(await revisions(stream)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await revisions(stream, { from: 4 })).toEqual([4, 5]);
    expect(await revisions(stream, { from: 1, limit: 2 })).toEqual([1, 2]);
    expect(await revisions(stream, { direction: 'backwards' })).toEqual([5, 4, 3, 2, 1, 0]);
    expect(await revisions(stream, { direction: 'backwards', limit: 1 })).toEqual([5]);
    expect(await revisions(stream, { direction: 'backwards', from: 2 })).toEqual([2, 1, 0]);
    expect(await revisions(stream, { from: 6 })).toEqual([]);
    expect(await revisions(stream, { limit: 0 })).toEqual([]);
  });

  test('a stream that is not there is empty', async () => {
    expect(await revisions(newStream())).toEqual([]);
    expect(await revisions(newStream(), { direction: 'backwards' })).toEqual([]);
  });

  test('a stream longer than a page is read whole, and can be left early', async () => {
    const stream = newStream();
    await store().append(stream, batchOf({ count: 1000 }), 'no-stream');
    await store().append(stream, batchOf({ count: 600 }), 999);
    const whole = Array.from({ length: 1600 }, (_, revision) => revision);
    expect(await revisions(stream)).toEqual(whole);
    expect(await revisions(stream, { direction: 'backwards' })).toEqual(whole.toReversed());
    expect(await revisions(stream, { from: 10, limit: 1024 })).toHaveLength(1024);
    for await (const event of store().read(stream)) if (event.revision === 3) break;
  });

  test('one event can be read right after it was appended, also while the log is followed', async () => {
    const subscription = store().subscribe({ from: await store().head() }, new RecordingHandler());
    const [stream, other] = [newStream(), newStream()];
    for (let revision = 0; revision < 3; revision += 1) {
      const expected = revision === 0 ? 'no-stream' : revision - 1;
      const [event] = batchOf();
      const { events } = await store().append(stream, event === undefined ? [] : [event], expected);
      await store().append(other, batchOf({ count: 2 }), expected === 'no-stream' ? expected : 2 * revision - 1);
      expect(await allOf(store().read(stream, { from: revision, limit: 1 }))).toEqual(events);
      expect(await allOf(store().read(stream, { from: revision, limit: 1, direction: 'backwards' }))).toEqual(events);
      expect(await revisions(stream, { from: revision + 1, limit: 1 })).toEqual([]);
    }
    expect(await revisions(stream, { from: 1, limit: 1 })).toEqual([1]);
    await subscription.close();
  });

  test('one iterable can be read twice', async () => {
    const stream = newStream();
    await store().append(stream, batchOf({ count: 3 }), 'no-stream');
    const iterable = store().read(stream);
    expect(await allOf(iterable)).toEqual(await allOf(iterable));
  });
}

/** Three streams in two categories and two types, interleaved; categories of their own, so that other tests are not in it. */
async function interleaved(store: EventStore) {
  const [red, blue] = [`red${randomUUID().slice(0, 8)}`, `blue${randomUUID().slice(0, 8)}`];
  const [a, b, c] = [newStream(red), newStream(red), newStream(blue)];
  const from = await store.head();
  for (let round = 0; round < 4; round += 1)
    for (const stream of [a, c, b])
      await store.append(stream, batchOf({ type: round % 2 === 0 ? 'sample.even.v1' : 'sample.odd.v1' }), 'any');
  return { red, blue, a, b, c, from };
}

function log(store: () => EventStore): void {
  const label = async (options: ReadAllOptions, streamsOf: readonly string[]) =>
    (await allOf(store().readAll(options))).map(
      ({ stream, revision }) => `${'abc'[streamsOf.indexOf(stream)]}${revision}`,
    );

  test('the log is filtered by stream, category and type, joined by and', async () => {
    const { red, blue, a, b, c, from } = await interleaved(store());
    const read = (filter: ReadAllOptions['filter'] & object) => label({ from, filter }, [a, b, c]);
    expect(await read({ categories: [red] })).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2', 'a3', 'b3']);
    expect(await read({ categories: [blue], types: ['sample.odd.v1'] })).toEqual(['c1', 'c3']);
    expect(await read({ streams: [a, c] })).toEqual(['a0', 'c0', 'a1', 'c1', 'a2', 'c2', 'a3', 'c3']);
    expect(await read({ streams: [a, c], types: ['sample.even.v1'], categories: [red] })).toEqual(['a0', 'a2']);
    expect(await read({ categories: [red, blue], types: ['sample.odd.v1', 'sample.even.v1'] })).toHaveLength(12);
    expect(await read({ types: ['sample.unknown.v1'] })).toEqual([]);
    expect(await read({ streams: [] })).toEqual([]);
  });

  test('the log is filtered by who did it and by the request that set it off, whatever the form of its ids', async () => {
    const from = await store().head();
    const [stream, other] = [newStream(), newStream()];
    const actor = `customer:${randomUUID()}`;
    const [root, text] = [randomUUID(), 'a request of another system'];
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const by = async (metadata: Partial<EventMetadata>, to = stream) => {
      const commandId = metadata.commandId ?? randomUUID();
      const whole = { commandId, correlationId: commandId, causationId: null, actor: 'anonymous', ...metadata };
      await store().append(to, [{ id: randomUUID(), type: 'sample.happened.v1', data: {}, metadata: whole }], 'any');
    };
    await by({ commandId: root, actor });
    await by({ correlationId: root });
    await by({ correlationId: root, causationId: randomUUID(), traceparent, actor }, other);
    await by({ correlationId: text, actor });
    await by({ commandId: text, correlationId: root });
    await by({});
    const read = async (filter: EventFilter) =>
      (await allOf(store().readAll({ from, filter }))).map((event) => [
        event.stream === stream ? 0 : 1,
        event.revision,
      ]);
    expect(await read({ correlationIds: [root] })).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [0, 3],
    ]);
    expect(await read({ correlationIds: [text] })).toEqual([[0, 2]]);
    expect(await read({ correlationIds: [root, text] })).toHaveLength(5);
    expect(await read({ correlationIds: [root.toUpperCase()] })).toEqual([]);
    expect(await read({ actors: [actor] })).toEqual([
      [0, 0],
      [1, 0],
      [0, 2],
    ]);
    expect(await read({ actors: [actor], correlationIds: [root], streams: [other] })).toEqual([[1, 0]]);
    expect(await read({ actors: ['customer:nobody'] })).toEqual([]);
    expect(await read({ actors: [] })).toEqual([]);
    expect(await allOf(store().readAll({ from, filter: { correlationIds: [root] }, limit: 2 }))).toHaveLength(2);
  });

  test('the log is read backwards, from a position exclusively, and to a limit', async () => {
    const { red, blue, a, b, c, from } = await interleaved(store());
    const filter = { categories: [red, blue] };
    const all = await allOf(store().readAll({ from, filter }));
    const sixth = all[5]?.position ?? null;
    const [forwards, backwards] = [
      { from: sixth, filter },
      { from: sixth, filter, direction: 'backwards' as const },
    ];
    expect(await allOf(store().readAll(forwards))).toEqual(all.slice(6));
    expect(await allOf(store().readAll(backwards))).toEqual(all.slice(0, 5).toReversed());
    expect(await allOf(store().readAll({ ...backwards, limit: 2 }))).toEqual([all[4], all[3]]);
    expect(await allOf(store().readAll({ direction: 'backwards', limit: 1, filter }))).toEqual([all[11]]);
    expect(await label({ direction: 'backwards', filter: { streams: [b] }, limit: 2 }, [a, b, c])).toEqual([
      'b3',
      'b2',
    ]);
    expect(await allOf(store().readAll({ filter, limit: 3 }))).toEqual(all.slice(0, 3));
  });

  test('the log is read in pages of text as it is read event by event', async () => {
    const { red, a, c, from } = await interleaved(store());
    for (const filter of [{}, { categories: [red] }, { streams: [a, c], types: ['sample.odd.v1'] }, { streams: [] }]) {
      const pages = await allOf(store().readTexts({ from, filter }));
      const events = pages.flat().map(({ text, ...event }) => ({ ...event, data: JSON.parse(text) as unknown }));
      expect(events).toEqual(await allOf(store().readAll({ from, filter })));
    }
  });

  test.each(['forwards', 'backwards'] as const)(
    'several streams that go on while they are read %s lack no event before one that is there',
    async (direction) => {
      const [short, long] = [newStream(), newStream()];
      await store().append(short, batchOf(), 'no-stream');
      for (let length = 0; length < 1500; length += 100) await store().append(long, batchOf({ count: 100 }), 'any');
      const options = { direction, filter: { streams: [short, long] } };
      const goOn = async () => {
        for (const stream of [short, long]) await store().append(stream, batchOf(), 'any');
      };
      const read: RecordedEvent[] = [];
      for await (const event of store().readAll(options)) {
        if (read.length === 0) await goOn();
        read.push(event);
      }
      const all = await allOf(store().readAll(options));
      const first = all.findIndex(({ id }) => id === read[0]?.id);
      expect(read).toEqual(all.slice(first, first + read.length));
    },
  );

  test('a log longer than a page is read whole, in the order of positions', async () => {
    const from = await store().head();
    const streams = Array.from({ length: 30 }, () => newStream('long'));
    await Promise.all(streams.map((stream) => store().append(stream, batchOf({ count: 50 }), 'no-stream')));
    for (const filter of [{}, { categories: ['long'] }, { streams }]) {
      const forwards = await allOf(store().readAll({ from, filter }));
      const positions = forwards.map(({ position }) => position);
      const texts = (await allOf(store().readTexts({ from, filter }))).flat();
      expect(texts.map(({ position }) => position)).toEqual(positions);
      expect(forwards.filter(({ stream }) => streams.includes(stream))).toHaveLength(1500);
      expect(positions).toEqual([...positions].sort());
      const backwards = await allOf(store().readAll({ direction: 'backwards', filter, limit: forwards.length }));
      expect(backwards).toEqual(forwards.toReversed());
    }
  });
}

const later = (at: string): string => new Date(Date.parse(at) + 1).toISOString();

/** The log once it ends with two events of one time, after earlier ones. */
async function withTwoTimes(store: EventStore) {
  const [begun] = (await store.append(newStream(), batchOf(), 'no-stream')).events;
  let time = begun?.at ?? '';
  while (time === begun?.at)
    time = (await store.append(newStream(), batchOf({ count: 2 }), 'no-stream')).events[0]?.at ?? '';
  return { time, log: await allOf(store.readAll()) };
}

function health(store: () => EventStore): void {
  test('the head is the position of the last event', async () => {
    const { position } = await store().append(newStream(), batchOf({ count: 2 }), 'no-stream');
    expect(await store().head()).toBe(position);
  });

  test('the events of a part of the log are counted by type', async () => {
    const types = ['red', 'blue', 'green'].map((colour) => `${colour}${randomUUID().slice(0, 8)}.happened.v1`);
    const append = async (type = '', count = 1) =>
      (await store().append(newStream(), batchOf({ type, count }), 'no-stream')).events;
    const after = await store().head();
    const recorded = [...(await append(types[0], 600)), ...(await append(types[1])), ...(await append(types[0]))];
    const upTo = await store().head();
    await append(types[2]);
    if (upTo === null) throw new Error('nothing was recorded');
    const expected = types.slice(0, 2).map((type) => {
      const times = recorded.filter((event) => event.type === type).map(({ at }) => at);
      return { type, count: times.length, first: times[0], last: times.at(-1) };
    });
    const counts = await store().countTypes({ after, upTo });
    expect(counts.toSorted((a, b) => b.count - a.count)).toEqual(expected);
    expect((await store().countTypes({ after: null, upTo })).filter(({ type }) => types.includes(type))).toHaveLength(
      2,
    );
    expect(await store().countTypes({ after: upTo, upTo })).toEqual([]);
  });

  test('the last event before a time is found, also where others share the time', async () => {
    const { time, log } = await withTwoTimes(store());
    const before = log.findLast(({ at }) => at < time)?.position ?? null;
    expect(await store().positionBefore(time)).toBe(before);
    expect((await allOf(store().readAll({ from: before, limit: 1 })))[0]?.at).toBe(time);
    const [first, last] = [log[0]?.at ?? '', log.at(-1)?.at ?? ''];
    expect(await store().positionBefore(first)).toBeNull();
    // The latest: a store that reads backwards from the end takes as long as the log is for the first ones.
    for (const { at } of log.slice(-10))
      expect(await store().positionBefore(at)).toBe(log.findLast((event) => event.at < at)?.position ?? null);
    expect(await store().positionBefore(later(last))).toBe(await store().head());
    expect(await store().positionBefore('9999-12-31T23:59:59.999Z')).toBe(await store().head());
  });

  test('the store answers when asked, and its log has an id', async () => {
    await expect(store().ping()).resolves.toBeUndefined();
    expect(store().logId).not.toBe('');
  });
}
