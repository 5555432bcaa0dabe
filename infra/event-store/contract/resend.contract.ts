import { randomUUID } from 'node:crypto';
import { withIds } from '../event-ids.js';
import type { EventStore, ExpectedRevision } from '../event-store.js';
import { allOf, batchOf, newStream } from '../test-support/index.js';

export function resendContract(store: () => EventStore): void {
  describe('sending a batch again', () => {
    successes(store);
    conflicts(store);
    commands(store);
  });
}

function successes(store: () => EventStore): void {
  test.each<ExpectedRevision>([1, 'any'])(
    'with expected revision %s adds nothing, and answers as before',
    async (expected) => {
      const stream = newStream();
      await store().append(stream, batchOf({ count: 2 }), 'no-stream');
      const batch = batchOf({ count: 3 });
      const first = await store().append(stream, batch, expected);
      await store().append(stream, batchOf(), first.revision);
      const again = await store().append(stream, batch, expected);
      expect(again).toEqual({ revision: first.revision, position: first.position, events: [] });
      expect(await allOf(store().read(stream))).toHaveLength(6);
    },
  );

  test('that made its stream adds nothing either, also while the first is on its way', async () => {
    const stream = newStream();
    const batch = batchOf({ count: 2 });
    const both = await Promise.all([
      store().append(stream, batch, 'no-stream'),
      store().append(stream, batch, 'no-stream'),
    ]);
    const again = await store().append(stream, batch, 'no-stream');
    expect(new Set([...both, again].map(({ revision, position }) => `${revision} ${position}`)).size).toBe(1);
    expect(both.map(({ events }) => events.length).sort()).toEqual([0, 2]);
    expect(await allOf(store().read(stream))).toHaveLength(2);
  });

  test('succeeds within another trace, which belongs to the attempt', async () => {
    const stream = newStream();
    const commandId = randomUUID();
    const traced = (traceparent: string) => batchOf({ commandId, metadata: { traceparent } });
    const first = await store().append(stream, traced('00-a'), 'no-stream');
    expect(await store().append(stream, traced('00-b'), 'no-stream')).toEqual({ ...first, events: [] });
  });
}

const conflict = (eventId: string | undefined) => ({ name: 'EventIdConflictError', eventId });
const refusedOneWay = { name: expect.stringMatching(/^(EventIdConflict|WrongExpectedRevision)Error$/) as string };

function conflicts(store: () => EventStore): void {
  test.each<ExpectedRevision>(['no-stream', 'any'])(
    'with other content and expected revision %s is a conflict',
    async (expected) => {
      const stream = newStream();
      const commandId = randomUUID();
      const batch = batchOf({ commandId });
      await store().append(stream, batch, 'no-stream');
      const others = [
        batchOf({ commandId, data: { other: true } }),
        batchOf({ commandId, type: 'sample.other.v1' }),
        batchOf({ commandId, metadata: { requestHash: 'other' } }),
      ];
      for (const other of others)
        await expect(store().append(stream, other, expected)).rejects.toMatchObject(conflict(withIds(batch)[0]?.id));
      expect(await allOf(store().read(stream))).toHaveLength(1);
    },
  );

  test('with another expected revision than the last one is refused', async () => {
    const stream = newStream();
    const first = await store().append(stream, batchOf({ count: 2 }), 'no-stream');
    const batch = batchOf();
    await store().append(stream, batch, first.revision);
    for (const expected of ['no-stream', 0, 9] as const)
      await expect(store().append(stream, batch, expected)).rejects.toMatchObject(refusedOneWay);
    expect(await allOf(store().read(stream))).toHaveLength(3);
  });

  test('with one event more is a conflict', async () => {
    const stream = newStream();
    const commandId = randomUUID();
    await store().append(stream, batchOf({ commandId, count: 2 }), 'no-stream');
    const longer = batchOf({ commandId, count: 3 });
    await expect(store().append(stream, longer, 'no-stream')).rejects.toMatchObject({ name: 'EventIdConflictError' });
    expect(await allOf(store().read(stream))).toHaveLength(2);
  });

  test('an id twice within one batch is a conflict', async () => {
    const stream = newStream();
    const [event] = withIds(batchOf());
    if (event === undefined) throw new Error('no event');
    await expect(store().append(stream, [event, event], 'no-stream')).rejects.toMatchObject(conflict(event.id));
    expect(await allOf(store().read(stream))).toEqual([]);
  });

  test('a conflict leaves its neighbours in the same moment alone', async () => {
    const [before, between, after, commandId] = [newStream(), newStream(), newStream(), randomUUID()];
    await store().append(between, batchOf({ commandId }), 'no-stream');
    const outcomes = await Promise.allSettled([
      store().append(before, batchOf({ count: 2 }), 'no-stream'),
      store().append(between, batchOf({ commandId, data: { other: true } }), 'no-stream'),
      store().append(after, batchOf(), 'no-stream'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await allOf(store().read(before))).toHaveLength(2);
    expect(await allOf(store().read(after))).toHaveLength(1);
  });
}

function commands(store: () => EventStore): void {
  test('a command is found in a long stream, wherever it is', async () => {
    const stream = newStream();
    const commands = Array.from({ length: 12 }, () => randomUUID());
    for (const [index, commandId] of commands.entries())
      await store().append(stream, batchOf({ commandId, count: 3 }), index === 0 ? 'no-stream' : 3 * index - 1);
    for (const [index, commandId] of commands.entries()) {
      const found = await store().findCommand(stream, commandId);
      expect(found.map(({ revision }) => revision)).toEqual([3 * index, 3 * index + 1, 3 * index + 2]);
    }
    expect(await store().findCommand(stream, randomUUID())).toEqual([]);
  });

  test('a command is found by the events that it added, and by no others', async () => {
    const stream = newStream();
    const commandId = randomUUID();
    await store().append(stream, batchOf({ count: 2 }), 'no-stream');
    const { events } = await store().append(stream, batchOf({ commandId, count: 3 }), 1);
    await store().append(stream, batchOf({ count: 2 }), 4);
    expect(await store().findCommand(stream, commandId)).toEqual(events);
  });

  test('a command is unknown where it added nothing', async () => {
    const stream = newStream();
    const commandId = randomUUID();
    await store().append(newStream(), batchOf({ commandId }), 'no-stream');
    await store().append(stream, batchOf(), 'no-stream');
    expect(await store().findCommand(stream, commandId)).toEqual([]);
    expect(await store().findCommand(stream, randomUUID())).toEqual([]);
    expect(await store().findCommand(newStream(), commandId)).toEqual([]);
  });
}
