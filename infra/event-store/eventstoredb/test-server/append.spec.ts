import { randomUUID } from 'node:crypto';
import type { EventStoreDBClient } from '@eventstore/db-client';
import {
  binaryEvent,
  MaxAppendSizeExceededError,
  StreamDeletedError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import type { Fixture } from './fixture.js';
import { counted, ids, numbersIn, onceBack, openFixture } from './fixture.js';

describe.each([
  ['BatchAppend', true, 'deadline-exceeded'],
  ['Append', false, 'timeout'],
])('appending by %s', (_call, batchAppend, timeoutType) => {
  let fixture: Fixture;
  const append: EventStoreDBClient['appendToStream'] = (...given) => fixture.client.appendToStream(...given);

  beforeEach(async () => {
    fixture = await openFixture({ batchAppend });
  });
  afterEach(() => fixture.close());

  it('answers the revision and position of the last event', async () => {
    const result = await append('a-1', [counted(1), counted(2)], { expectedRevision: 'no_stream' });
    const recorded = [];
    for await (const { event } of fixture.client.readStream('a-1')) recorded.push(event);
    expect(result).toEqual({ success: true, nextExpectedRevision: 1n, position: recorded[1]?.position });
    expect(recorded).toMatchObject([
      { revision: 0n, data: { n: 1 }, metadata: { by: 'spec' }, isJson: true },
      { revision: 1n, data: { n: 2 } },
    ]);
  });

  it('keeps bytes as they are', async () => {
    const data = Uint8Array.of(0, 255, 128, 10);
    await append('a-1', binaryEvent({ id: randomUUID(), type: 'raw', data }));
    for await (const { event } of fixture.client.readStream('a-1')) {
      expect(event).toMatchObject({ isJson: false, data: Buffer.from(data) });
    }
    expect.assertions(1);
  });

  it.each([
    ['no_stream', 'no_stream' as const, 'no_stream' as const],
    ['a revision ahead', 7n, 7n],
    ['a revision behind, with other ids', 0n, 0n],
  ])('refuses %s where the stream is elsewhere, and says where it is', async (_title, expectedRevision, expected) => {
    await append('a-1', [counted(1), counted(2)]);
    const error = await append('a-1', counted(3), { expectedRevision }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(WrongExpectedVersionError);
    expect(error).toMatchObject({ streamName: 'a-1', expectedVersion: expected, actualVersion: 1n });
    expect(await numbersIn(fixture.client, 'a-1')).toEqual([1, 2]);
  });

  it('refuses a revision or stream_exists where there is no stream', async () => {
    for (const expectedRevision of [0n, 'stream_exists'] as const) {
      const error = await append('a-1', counted(1), { expectedRevision }).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ type: 'wrong-expected-version', actualVersion: 'no_stream' });
    }
    await append('a-1', counted(1));
    await append('a-1', counted(2), { expectedRevision: 'stream_exists' });
    expect(await numbersIn(fixture.client, 'a-1')).toEqual([1, 2]);
  });

  it('takes one of many appends that expect the same revision', async () => {
    const others = [fixture.connect(), fixture.connect()];
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, (_, n) =>
        (others[n % 2] ?? fixture.client).appendToStream('a-1', counted(n), { expectedRevision: 'no_stream' }),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await numbersIn(fixture.client, 'a-1')).toHaveLength(1);
  });

  it('refuses more than 1 MiB in one append', async () => {
    const big = () => binaryEvent({ id: randomUUID(), type: 'raw', data: new Uint8Array(600 * 1024) });
    const error = await append('a-1', [big(), big()]).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(MaxAppendSizeExceededError);
    expect(error).toMatchObject({ maxAppendSize: 1024 * 1024 });
    await expect(append('a-1', big(), { expectedRevision: 'no_stream' })).resolves.toMatchObject({ success: true });
  });

  it('takes a deleted stream up again, but not a tombstoned one', async () => {
    const [first = ''] = ids(1);
    await append('a-1', [counted(1, first), counted(2)]);
    await fixture.client.deleteStream('a-1', { expectedRevision: 1n });
    await expect(numbersIn(fixture.client, 'a-1')).rejects.toMatchObject({ type: 'stream-not-found' });
    const again = await append('a-1', counted(3), { expectedRevision: 'no_stream' });
    expect(again.nextExpectedRevision).toBe(2n);
    expect(await numbersIn(fixture.client, 'a-1')).toEqual([3]);
    await fixture.client.tombstoneStream('a-1');
    await expect(append('a-1', counted(4))).rejects.toBeInstanceOf(StreamDeletedError);
    await expect(numbersIn(fixture.client, 'a-1')).rejects.toBeInstanceOf(StreamDeletedError);
  });

  it.each([
    ['access-denied', 'access-denied'],
    ['timeout', timeoutType],
    ['unknown', 'unknown'],
    ['unavailable', 'unavailable'],
  ] as const)('answers a planned %s once, and commits nothing', async (failure, type) => {
    fixture.server.faults.failAppends(1, failure);
    await expect(append('a-1', counted(1), { expectedRevision: 'no_stream' })).rejects.toMatchObject({ type });
    const second = counted(2);
    await onceBack(() => append('a-1', second, { expectedRevision: 'no_stream' }));
    expect(await numbersIn(fixture.client, 'a-1')).toEqual([2]);
  });
});
