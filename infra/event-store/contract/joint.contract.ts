import { randomUUID } from 'node:crypto';
import { withIds } from '../event-ids.js';
import type { EventStore, StreamBatch } from '../event-store.js';
import { allOf, batchOf, newStream, type SampleBatch } from '../test-support/index.js';

/** Appending to several streams at once, for the stores that do. */
export function jointContract(store: () => EventStore): void {
  describe('appending to several streams at once', () => {
    acceptance(store);
    refusals(store);
    resends(store);
  });
}

const toNewStream = (sample: SampleBatch = {}): StreamBatch => ({
  stream: newStream(),
  events: batchOf(sample),
  expectedRevision: 'no-stream',
});

const eventsOf = async (store: EventStore, { stream }: StreamBatch) => allOf(store.read(stream));

/** A batch that comes after what its stream has. */
async function toGrownStream(store: EventStore, count = 2): Promise<StreamBatch> {
  const batch = toNewStream({ count });
  await store.append(batch.stream, batch.events, 'no-stream');
  return { ...batch, events: batchOf(), expectedRevision: count - 1 };
}

const unlessJoint = async (store: EventStore): Promise<boolean> => {
  if (store.joint) return false;
  await expect(store.appendAll([toNewStream()])).rejects.toHaveProperty('name', 'TypeError');
  return true;
};

function acceptance(store: () => EventStore): void {
  test('adds all, side by side in the order of the batches, and answers for each', async () => {
    if (await unlessJoint(store())) return;
    const grown = await toGrownStream(store());
    const batches = [toNewStream({ count: 2 }), grown, toNewStream({ count: 3 })];
    const appended = await store().appendAll(batches);
    expect(appended.map(({ revision }) => revision)).toEqual([1, 2, 2]);
    const added = appended.flatMap(({ events }) => events);
    expect(added.map(({ id }) => id)).toEqual(batches.flatMap(({ events }) => withIds(events).map(({ id }) => id)));
    const recorded = await allOf(store().readAll({ filter: { streams: batches.map(({ stream }) => stream) } }));
    expect(recorded.slice(2)).toEqual(added);
    const [first = 0] = added.map(({ position }) => Number(position));
    expect(added.map(({ position }) => Number(position) - first)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(new Set(added.map(({ at }) => at)).size).toBe(1);
  });
}

function refusals(store: () => EventStore): void {
  test.each([0, 1, 2])('adds nothing where the revision of batch %i is another', async (wrong) => {
    if (await unlessJoint(store())) return;
    const batches = [toNewStream(), await toGrownStream(store()), toNewStream()].map((batch, index) =>
      index === wrong ? { ...batch, expectedRevision: 7 } : batch,
    );
    const before = await Promise.all(batches.map((batch) => eventsOf(store(), batch)));
    const beside = toNewStream();
    const [refused, taken] = await Promise.allSettled([store().appendAll(batches), store().appendAll([beside])]);
    expect(refused).toMatchObject({
      status: 'rejected',
      reason: { name: 'WrongExpectedRevisionError', stream: batches[wrong]?.stream, expected: 7 },
    });
    expect(taken.status).toBe('fulfilled');
    expect(await Promise.all(batches.map((batch) => eventsOf(store(), batch)))).toEqual(before);
    expect(await eventsOf(store(), beside)).toHaveLength(1);
  });

  test('adds nothing where an event stands at its place with other content', async () => {
    if (await unlessJoint(store())) return;
    const commandId = randomUUID();
    const taken = toNewStream({ commandId });
    await store().append(taken.stream, taken.events, 'no-stream');
    const fresh = toNewStream();
    const other = { ...taken, events: batchOf({ commandId, data: { other: true } }) };
    await expect(store().appendAll([fresh, other])).rejects.toMatchObject({
      name: 'EventIdConflictError',
      stream: taken.stream,
    });
    expect(await eventsOf(store(), fresh)).toEqual([]);
  });

  test('is refused without a batch, with an empty one, and with a stream twice', async () => {
    if (await unlessJoint(store())) return;
    const batch = toNewStream();
    await expect(store().appendAll([])).rejects.toHaveProperty('name', 'TypeError');
    await expect(store().appendAll([batch, { ...toNewStream(), events: [] }])).rejects.toThrow('at least one event');
    const again = { ...batch, events: batchOf(), expectedRevision: 0 };
    await expect(store().appendAll([batch, again])).rejects.toThrow('different streams');
    expect(await eventsOf(store(), batch)).toEqual([]);
  });

  test('of many that touch the same stream exactly one wins, with all its batches', async () => {
    if (await unlessJoint(store())) return;
    const contested = newStream();
    const tries = Array.from({ length: 20 }, () => [
      toNewStream(),
      { stream: contested, events: batchOf(), expectedRevision: 'no-stream' as const },
      toNewStream(),
    ]);
    const outcomes = await Promise.allSettled(tries.map((batches) => store().appendAll(batches)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const [index, batches] of tries.entries()) {
      const counts = await Promise.all(batches.map(async (batch) => (await eventsOf(store(), batch)).length));
      expect(counts).toEqual(outcomes[index]?.status === 'fulfilled' ? [1, 1, 1] : [0, 1, 0]);
    }
  });
}

function resends(store: () => EventStore): void {
  test('sent again as a whole adds nothing, also while the first is on its way and after the streams went on', async () => {
    if (await unlessJoint(store())) return;
    const batches = [toNewStream({ count: 2 }), await toGrownStream(store())];
    const [first = [], second] = await Promise.all([store().appendAll(batches), store().appendAll(batches)]);
    const expected = first.map(({ revision, position }) => ({ revision, position, events: [] }));
    expect(second).toEqual(expected);
    for (const [index, { stream }] of batches.entries())
      await store().append(stream, batchOf(), first[index]?.revision ?? 0);
    expect(await store().appendAll(batches)).toEqual(expected);
    const counts = await Promise.all(batches.map(async (batch) => (await eventsOf(store(), batch)).length));
    expect(counts).toEqual([3, 4]);
  });

  test('is refused where one batch is there and another is not, and adds nothing', async () => {
    if (await unlessJoint(store())) return;
    const [there, missing] = [toNewStream(), toNewStream()];
    await store().append(there.stream, there.events, 'no-stream');
    await expect(store().appendAll([missing, there])).rejects.toMatchObject({
      name: 'WrongExpectedRevisionError',
      stream: there.stream,
      actual: 0,
    });
    expect(await eventsOf(store(), missing)).toEqual([]);
  });
}
