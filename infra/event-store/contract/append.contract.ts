import { randomBytes } from 'node:crypto';
import { withIds } from '../event-ids.js';
import type { EventStore } from '../event-store.js';
import { allOf, batchOf, newStream } from '../test-support/index.js';

export function appendContract(store: () => EventStore): void {
  describe('appending', () => {
    acceptance(store);
    refusals(store);
    concurrency(store);
  });
}

function acceptance(store: () => EventStore): void {
  test('answers revision, position and the batch as it was recorded', async () => {
    const stream = newStream();
    const batch = batchOf({ count: 3 });
    const appended = await store().append(stream, batch, 'no-stream');
    const recorded = await allOf(store().read(stream));
    expect(recorded.map(({ id, type, data, metadata }) => ({ id, type, data, metadata }))).toEqual(withIds(batch));
    expect(recorded.map(({ revision }) => revision)).toEqual([0, 1, 2]);
    expect(appended.events).toEqual(recorded);
    expect(appended.revision).toBe(2);
    expect(appended.position).toBe(recorded[2]?.position);
  });

  test('goes on after the revision that is expected', async () => {
    const stream = newStream();
    await store().append(stream, batchOf({ count: 2 }), 'no-stream');
    const { revision } = await store().append(stream, batchOf(), 1);
    expect(revision).toBe(2);
  });

  test('takes any revision where the caller says so, also that of no stream', async () => {
    const stream = newStream();
    expect((await store().append(stream, batchOf(), 'any')).revision).toBe(0);
    expect((await store().append(stream, batchOf(), 'any')).revision).toBe(1);
  });

  test('records positions in commit order and times that never go back', async () => {
    const stream = newStream();
    const positions: string[] = [];
    for (let revision = -1; revision < 20; revision += 1)
      positions.push((await store().append(stream, batchOf(), revision < 0 ? 'no-stream' : revision)).position);
    expect(positions).toEqual([...new Set(positions)].sort());
    const log = await allOf(store().readAll({ filter: { streams: [stream] } }));
    expect(log.map(({ position }) => position)).toEqual(positions);
    const times = log.map(({ at }) => at);
    expect(times).toEqual([...times].sort());
    expect(times[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  test('records a batch of 1,000 events as one', async () => {
    const stream = newStream();
    const { revision, events } = await store().append(stream, batchOf({ count: 1000 }), 'no-stream');
    expect(revision).toBe(999);
    expect(await allOf(store().read(stream))).toEqual(events);
  });

  test('keeps data and metadata as they were, in any script', async () => {
    const stream = newStream('Ünï-çødé');
    const data = {
      text: 'schön 漢字 עברית 😀 \u0000 \ud800 "\\',
      none: null,
      deep: [{ a: [1.5, -0.25, true] }],
      big: 2 ** 53,
    };
    const metadata = { actor: 'customer:Zoë', causationId: 'cause', traceparent: '00-ab-cd-01', requestHash: 'ff' };
    await store().append(stream, batchOf({ data, metadata }), 'no-stream');
    const [event] = await allOf(store().read(stream));
    expect(event?.data).toStrictEqual({ index: 0, ...data });
    expect(event?.metadata).toMatchObject(metadata);
    expect(event?.stream).toBe(stream);
  });

  test('keeps long data as they were, in any script', async () => {
    const stream = newStream();
    const lines = Array.from({ length: 200 }, (_, line) => ({
      line,
      text: 'schön 漢字 😀 \ud800',
      amount: { of: line },
    }));
    const batch = [
      ...batchOf({ data: { lines } }),
      ...batchOf({ data: { random: randomBytes(4_000).toString('base64') } }),
    ];
    const { events } = await store().append(stream, batch, 'no-stream');
    expect(await allOf(store().read(stream))).toEqual(events);
    expect(events.map(({ data }) => data)).toEqual(batch.map(({ data }) => data));
    expect(await store().append(stream, batch, 'no-stream')).toMatchObject({ revision: 1, events: [] });
  });

  test('leaves out what JSON leaves out', async () => {
    const stream = newStream();
    await store().append(stream, batchOf({ data: { here: 1, absent: undefined } }), 'no-stream');
    const [event] = await allOf(store().read(stream));
    expect(event?.data).toStrictEqual({ index: 0, here: 1 });
  });
}

function refusals(store: () => EventStore): void {
  test('is refused at another revision than the expected one, and nothing of the batch is recorded', async () => {
    const stream = newStream();
    const first = await store().append(stream, batchOf({ count: 2 }), 'no-stream');
    for (const expected of ['no-stream', 0, 2] as const)
      await expect(store().append(stream, batchOf({ count: 2 }), expected)).rejects.toMatchObject({
        name: 'WrongExpectedRevisionError',
        stream,
        expected,
        actual: 1,
      });
    expect(await allOf(store().read(stream))).toEqual(first.events);
  });

  test('is refused at a revision where there is no stream', async () => {
    const stream = newStream();
    await expect(store().append(stream, batchOf(), 0)).rejects.toMatchObject({
      name: 'WrongExpectedRevisionError',
      actual: -1,
    });
    expect(await allOf(store().read(stream))).toEqual([]);
  });

  test('is refused without an event', async () => {
    await expect(store().append(newStream(), [], 'any')).rejects.toThrow('at least one event');
  });

  test('a refused append leaves its neighbours in the same moment alone', async () => {
    const [good, bad, alsoGood] = [newStream(), newStream(), newStream()];
    const outcomes = await Promise.allSettled([
      store().append(good, batchOf(), 'no-stream'),
      store().append(bad, batchOf(), 7),
      store().append(bad, [], 'any'),
      store().append(alsoGood, batchOf(), 'no-stream'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(await allOf(store().read(bad))).toEqual([]);
    expect(await allOf(store().read(alsoGood))).toHaveLength(1);
  });
}

function concurrency(store: () => EventStore): void {
  test('of many appends at one revision exactly one wins', async () => {
    const stream = newStream();
    const wins: number[] = [];
    for (const expected of ['no-stream', 0, 1, 2] as const) {
      const tries = Array.from({ length: 25 }, () => store().append(stream, batchOf(), expected));
      const outcomes = await Promise.allSettled(tries);
      wins.push(outcomes.filter(({ status }) => status === 'fulfilled').length);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toHaveProperty('name', 'WrongExpectedRevisionError');
    }
    expect(wins).toEqual([1, 1, 1, 1]);
    expect(await allOf(store().read(stream))).toHaveLength(4);
  });

  test('many appends to many streams at once all arrive, each in its own stream and with a position of its own', async () => {
    const streams = Array.from({ length: 120 }, () => newStream());
    const answers = await Promise.all(
      streams.map(async (stream) => {
        const first = await store().append(stream, batchOf({ count: 2 }), 'no-stream');
        const second = await store().append(stream, batchOf(), first.revision);
        return [...first.events, ...second.events];
      }),
    );
    expect(new Set(answers.flat().map(({ position }) => position)).size).toBe(360);
    for (const [index, stream] of streams.entries()) expect(await allOf(store().read(stream))).toEqual(answers[index]);
  });
}
