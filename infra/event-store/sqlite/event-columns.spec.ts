import { randomUUID } from 'node:crypto';
import type { EventMetadata } from '../event-store.js';
import { allOf, batchOf, newStream, temporaryDirectories } from '../test-support/index.js';
import { causeText, packCause, unpackCause } from './event-columns.js';
import { openSqliteEventStore } from './open-sqlite-event-store.js';

const newDirectory = temporaryDirectories();
const commandId = randomUUID();
const whole: EventMetadata = {
  commandId,
  correlationId: randomUUID(),
  causationId: randomUUID(),
  actor: 'customer:Zoë',
  traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`,
  requestHash: 'ef'.repeat(32),
};
const { traceparent: _trace, requestHash: _request, ...short } = whole;

const METADATA: readonly [string, EventMetadata][] = [
  ['all there is', whole],
  ['a root command', { ...short, correlationId: commandId, causationId: null }],
  ['a request without a trace', { ...short, requestHash: 'ef'.repeat(32) }],
  ['a trace without a request', { ...short, traceparent: whole.traceparent ?? '' }],
  ['a correlation that a client made up', { ...whole, correlationId: 'Bestellung "7"\nvon Zoë' }],
  ['an id in capitals', { ...whole, causationId: randomUUID().toUpperCase() }],
  ['a trace of another form', { ...whole, traceparent: 'none' }],
];

/** As SQLite keeps its bytes and reads them again. */
const stored = (metadata: EventMetadata): string => (packCause(metadata) ?? '').replaceAll('-', '').toUpperCase();

describe('the cause of an event', () => {
  it.each(METADATA)('comes back as it was: %s', (_, metadata) => {
    expect(unpackCause(stored(metadata), metadata.actor)).toEqual(metadata);
  });

  it('is text where the command has an id of another form', () => {
    const metadata = { ...whole, commandId: 'a "command"' };
    expect(packCause(metadata)).toBeNull();
    expect(unpackCause(`=${causeText(metadata)}`, metadata.actor)).toEqual(metadata);
  });

  it('takes 17 bytes of a root command', () => {
    expect(stored({ ...short, correlationId: commandId, causationId: null })).toHaveLength(2 * 17);
  });

  it('lets a command be found by its id, early and late in its stream, whatever else it names', async () => {
    const store = await openSqliteEventStore({ directory: newDirectory(), access: 'read-write' });
    const stream = newStream();
    const causes = [...METADATA, ...METADATA].map(([, metadata]) => ({ ...metadata, commandId: randomUUID() }));
    for (const metadata of causes) await store.append(stream, batchOf({ ...metadata, count: 2, metadata }), 'any');
    for (const metadata of causes) {
      const found = await store.findCommand(stream, metadata.commandId);
      expect(found.map((event) => event.metadata)).toEqual([metadata, metadata]);
    }
    expect(await store.findCommand(stream, randomUUID())).toEqual([]);
    expect(await allOf(store.read(stream))).toHaveLength(2 * causes.length);
    await store.close();
  });
});
