import { allOf, batchOf, newStream, temporaryDirectories } from '../test-support/index.js';
import { openSqliteEventStore } from './open-sqlite-event-store.js';

const newDirectory = temporaryDirectories();

describe('an event that was read', () => {
  it('can be looked at when its store is closed, also where its actor was new to that', async () => {
    const directory = newDirectory();
    const writer = await openSqliteEventStore({ directory, access: 'read-write' });
    await writer.append(newStream(), batchOf(), 'no-stream');
    const reader = await openSqliteEventStore({ directory, access: 'read-only' });
    const stream = newStream();
    const batch = batchOf({ metadata: { actor: 'customer:of late' } });
    await writer.append(stream, batch, 'no-stream');
    const events = await allOf(reader.read(stream));
    await Promise.all([reader.close(), writer.close()]);
    expect(events.map(({ metadata }) => metadata)).toEqual(batch.map(({ metadata }) => metadata));
  });
});
