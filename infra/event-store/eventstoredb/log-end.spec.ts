import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { batchOf, newStream } from '../test-support/index.js';
import { storesOnTestServer } from './test-support/stores-on-test-server.js';

const around = storesOnTestServer();

/** Events of another program in the same store, which are none of ours. */
async function strangers(count: number): Promise<void> {
  const client = EventStoreDBClient.connectionString(around().server.url);
  for (let left = count; left > 0; left -= 500) {
    const events = Array.from({ length: Math.min(left, 500) }, () => jsonEvent({ type: 'stranger', data: {} }));
    await client.appendToStream('strangers', events);
  }
  await client.dispose();
}

describe('the end of the log', () => {
  it('is asked for once more for all who come while a question is under way', async () => {
    const { server, open } = around();
    const store = await open();
    const hold = server.faults.hold({ what: 'read', count: 1 });
    const first = store.head();
    await hold.untilHeld(1);
    const before = server.activity.reads;
    const others = Array.from({ length: 100 }, () => store.head());
    hold.release();
    await Promise.all([first, ...others]);
    expect(server.activity.reads - before).toBe(1);
  });

  it('holds what was recorded before somebody asked, also where another question was under way', async () => {
    const { server, open } = around();
    const [writer, store] = [await open(), await open({ access: 'read-only' })];
    await writer.append(newStream(), batchOf(), 'no-stream');
    const hold = server.faults.hold({ what: 'read', count: 1 });
    const first = store.head();
    await hold.untilHeld(1);
    const { position } = await writer.append(newStream(), batchOf(), 'no-stream');
    const second = store.head();
    hold.release();
    await first;
    expect(await second).toBe(position);
  });

  it('fails for all who ask when the server is away, and not for one after the other', async () => {
    const { server, open } = around();
    const store = await open({ limits: { call: 100, answer: 200 } });
    server.faults.hold({ what: 'read' });
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => store.head()));
    expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 'rejected'));
  });

  it('is not looked for again behind events of others that were looked at', async () => {
    const { server, open } = around();
    const store = await open();
    const { position } = await store.append(newStream(), batchOf(), 'no-stream');
    await strangers(3_000);
    const reader = await open({ access: 'read-only' });
    expect(await reader.head()).toBe(position);
    await strangers(5);
    const before = server.activity.reads;
    expect(await reader.head()).toBe(position);
    expect(server.activity.reads - before).toBe(1);
    const later = await store.append(newStream(), batchOf(), 'no-stream');
    expect(await reader.head()).toBe(later.position);
  });
});
