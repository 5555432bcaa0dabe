import { randomUUID } from 'node:crypto';
import { BEGINNING, positionAt } from './positions.js';
import { decodeRead, encodeLogRead, encodeStreamRead, encodeSubscription } from './read-messages.js';
import { shared, streams } from './test-server/protocol.js';

// What is written is read by the messages of the driver's package, and the other way round.

const optionsOf = (request: Buffer) => streams.ReadReq.deserializeBinary(request).getOptions();

test('a read of a stream is written as the driver reads it', () => {
  const forwards = optionsOf(encodeStreamRead('order-é1', { from: 0, direction: 'forwards', count: 300 }));
  expect(forwards?.toObject()).toMatchObject({
    stream: { streamIdentifier: { streamName: Buffer.from('order-é1').toString('base64') }, revision: '0' },
    readDirection: 0,
    count: '300',
    noFilter: {},
    uuidOption: { string: {} },
  });
  const backwards = optionsOf(encodeStreamRead('s', { from: 'end', direction: 'backwards', count: 1 }));
  expect(backwards?.toObject()).toMatchObject({ stream: { end: {} }, readDirection: 1, count: '1' });
});

test('a read of the log is written as the driver reads it', () => {
  const all = (from: string) => optionsOf(encodeLogRead({ from, direction: 'backwards', count: 9 }))?.getAll();
  expect([all(BEGINNING)?.hasStart(), all('end')?.hasEnd()]).toEqual([true, true]);
  const position = all(positionAt('9223372036854775807', '0'))?.getPosition();
  expect([position?.getCommitPosition(), position?.getPreparePosition()]).toEqual(['9223372036854775807', '0']);
});

test('a subscription is written as the driver reads it', () => {
  const all = optionsOf(encodeSubscription(BEGINNING, { on: 'types', matching: { regex: '^[^$]' }, window: 512 }));
  expect(all?.toObject()).toMatchObject({
    all: { start: {} },
    subscription: {},
    filter: { eventType: { regex: '^[^$]' }, max: 512, checkpointintervalmultiplier: 1 },
    uuidOption: { string: {} },
  });
  const prefixes = ['order-', 'cart-'];
  const some = optionsOf(encodeSubscription(BEGINNING, { on: 'streams', matching: { prefixes }, window: 1 }));
  expect(some?.toObject().filter).toMatchObject({ streamIdentifier: { prefixList: prefixes }, max: 1 });
});

const METADATA = { commandId: randomUUID(), correlationId: randomUUID(), causationId: null, actor: 'admin:é' };

interface Given {
  readonly stream?: string;
  readonly contentType?: string;
  readonly metadata?: string;
  readonly revision?: string;
}

function event({ stream = 'order-é1', contentType = 'application/json', metadata, revision = '300' }: Given = {}) {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString('c0ffee00-0000-4000-8000-000000000001'))
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(stream).toString('base64')))
    .setStreamRevision(revision)
    .setCommitPosition('123456789012')
    .setPreparePosition('77')
    .setCustomMetadata(Buffer.from(metadata ?? JSON.stringify({ ...METADATA, _attempt: 'a1' })).toString('base64'))
    .setData(Buffer.from('{"city":"Łódź"}').toString('base64'));
  const created = String(BigInt(Date.UTC(2026, 0, 2, 3, 4, 5, 6)) * 10_000n + 9_999n);
  recorded.getMetadataMap().set('type', 'sample.v1').set('created', created).set('content-type', contentType);
  const read = new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition('123456789012');
  return decodeRead(new streams.ReadResp().setEvent(read).serializeBinary());
}

test('an event of ours is read whole', () => {
  const position = '00000000123456789012-00000000000000000077';
  expect(event()).toEqual({
    kind: 'event',
    revision: 300,
    position,
    ours: {
      attempt: 'a1',
      event: {
        id: 'c0ffee00-0000-4000-8000-000000000001',
        stream: 'order-é1',
        revision: 300,
        position,
        at: '2026-01-02T03:04:05.006Z',
        type: 'sample.v1',
        data: { city: 'Łódź' },
        metadata: METADATA,
      },
    },
  });
});

test('an event that was copied from another log has the time that it had there', () => {
  const recordedAt = '2020-01-01T00:00:00.000Z';
  const read = event({ metadata: JSON.stringify({ ...METADATA, _recordedAt: recordedAt }) });
  expect(read).toMatchObject({ ours: { attempt: null, event: { at: recordedAt, metadata: METADATA } } });
});

test.each<[string, Given]>([
  ['in a stream of the system', { stream: '$settings' }],
  ['that is no JSON', { contentType: 'application/octet-stream' }],
  ['without metadata', { metadata: '' }],
  ['whose metadata is no JSON', { metadata: '{"commandId"' }],
  ['that says nothing of a command', { metadata: '{"commandId":7}' }],
  ['that ends its stream for good', { stream: '$x', revision: '9223372036854775807' }],
])('an event %s is none of ours, and has its place all the same', (_, given) => {
  expect(event(given)).toMatchObject({ position: '00000000123456789012-00000000000000000077', ours: null });
});

test('what is no event is told apart', () => {
  const kinds = [
    new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId('s')),
    new streams.ReadResp().setStreamNotFound(new streams.ReadResp.StreamNotFound()),
    new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()),
    new streams.ReadResp().setFellBehind(new streams.ReadResp.FellBehind()),
    new streams.ReadResp().setLastStreamPosition('5'),
  ].map((message) => decodeRead(message.serializeBinary()).kind);
  expect(kinds).toEqual(['confirmed', 'no stream', 'caught up', 'fell behind', 'other']);
  const checkpoint = new streams.ReadResp.Checkpoint().setCommitPosition('9223372036854775807').setPreparePosition('0');
  expect(decodeRead(new streams.ReadResp().setCheckpoint(checkpoint).serializeBinary())).toEqual({
    kind: 'checkpoint',
    position: positionAt('9223372036854775807', '0'),
  });
});
