import { withIds } from '../event-ids.js';
import { batchOf } from '../test-support/index.js';
import type { AppendBatch } from './append-batch.js';
import { decodeAnswer, encodeAppend, withId } from './batch-append-messages.js';
import { rpcStatus, shared, streams } from './test-server/protocol.js';

// What is written is read by the messages of the driver's package, and the other way round.

const batch = (given: Partial<AppendBatch> = {}): AppendBatch => ({
  stream: 'order-é1',
  events: withIds(batchOf({ count: 2, data: { text: 'x'.repeat(200), city: 'Łódź' } })),
  expected: 'no-stream',
  after: -1,
  recordedAt: null,
  ...given,
});

const sent = (given: Partial<AppendBatch> = {}, id = 1) =>
  streams.BatchAppendReq.deserializeBinary(withId(id, encodeAppend(batch(given), 'attempt')));

test('a batch is written as the driver reads it', () => {
  const { events } = batch();
  const request = sent({ events }, 300);
  expect(request.getCorrelationId()?.getStructured()?.getLeastSignificantBits()).toBe('300');
  expect(request.getIsFinal()).toBe(true);
  const options = request.getOptions();
  expect(Buffer.from(options?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString()).toBe('order-é1');
  const messages = request.getProposedMessagesList();
  expect(messages.map((message) => message.getId()?.getString())).toEqual(events.map(({ id }) => id));
  expect(messages.map((message) => Object.fromEntries(message.getMetadataMap().toArray()) as object)).toEqual(
    events.map(({ type }) => ({ type, 'content-type': 'application/json' })),
  );
  const jsonOf = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString());
  expect(messages.map((message) => jsonOf(message.getData_asU8()))).toEqual(events.map(({ data }) => data));
  expect(messages.map((message) => jsonOf(message.getCustomMetadata_asU8()))).toEqual([
    events[0]?.metadata,
    { ...events[1]?.metadata, _attempt: 'attempt' },
  ]);
});

test.each([0, 1, 127, 128, 3_000_000_000])('the revision after which it goes may be %i', (after) => {
  expect(sent({ after }).getOptions()?.getStreamPosition()).toBe(String(after));
});

test('or there is no stream yet', () => {
  expect(sent().getOptions()?.hasNoStream()).toBe(true);
});

test('the times of events that were recorded elsewhere go with them', () => {
  const recordedAt = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'];
  const metadata = sent({ recordedAt })
    .getProposedMessagesList()
    .map((message) => JSON.parse(Buffer.from(message.getCustomMetadata_asU8()).toString()) as { _recordedAt: string });
  expect(metadata.map(({ _recordedAt }) => _recordedAt)).toEqual(recordedAt);
});

const answer = (id: number) => {
  const structured = new shared.UUID.Structured().setLeastSignificantBits(String(id));
  return new streams.BatchAppendResp()
    .setCorrelationId(new shared.UUID().setStructured(structured))
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName('b3JkZXI='));
};

test('a success is read with its position', () => {
  const position = new shared.AllStreamPosition().setCommitPosition('123456789012').setPreparePosition('77');
  const success = new streams.BatchAppendResp.Success().setCurrentRevision('3').setPosition(position);
  expect(decodeAnswer(answer(300).setSuccess(success).serializeBinary())).toEqual({
    id: 300,
    result: '00000000123456789012-00000000000000000077',
  });
});

const refusal = (name: string, details: { serializeBinary(): Uint8Array }, message = '') => {
  // A status with empty details: the way to an Any without a package of its own.
  const status = rpcStatus.Status.deserializeBinary(Uint8Array.of(0x1a, 0x00)).setMessage(message);
  status.getDetails()?.pack(details.serializeBinary(), `event_store.client.${name}`);
  return decodeAnswer(answer(5).setError(status).serializeBinary());
};

test('a wrong revision is read with the one that it is', () => {
  const wrong = new shared.WrongExpectedVersion().setCurrentStreamRevision('0').setExpectedStreamPosition('7');
  expect(refusal('WrongExpectedVersion', wrong)).toMatchObject({
    id: 5,
    result: { type: 'wrong-expected-version', actualVersion: 0n },
  });
  const none = new shared.WrongExpectedVersion().setCurrentNoStream(new shared.Empty());
  expect(refusal('WrongExpectedVersion', none).result).toHaveProperty('actualVersion', undefined);
});

test.each([
  ['AccessDenied', 'access-denied'],
  ['Timeout', 'deadline-exceeded'],
  ['MaximumAppendSizeExceeded', 'maximum-append-size-exceeded'],
  ['SomethingNew', 'unknown'],
])('another refusal is read by its name: %s', (name, type) => {
  expect(refusal(name, new shared.Empty(), 'why').result).toMatchObject({ type, message: 'why' });
});

test('an answer that says nothing is an error', () => {
  expect(decodeAnswer(answer(9).serializeBinary())).toMatchObject({ id: 9, result: { type: 'unknown' } });
});
