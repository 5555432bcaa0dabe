import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteKeyStore } from '../sqlite/sqlite-key-store.js';
import type { EventStore, EventToAppend, RecordedEvent } from '../../event-store/event-store.js';
import { openSqliteEventStore } from '../../event-store/sqlite/index.js';
import { sealEventStore } from './seal-event-store.js';

const ID = '5f0c6a0e-52a0-4c5f-8a5f-3d0f8f8c0001';
const PERSONAL = { email: 'ada@example.org', line1: '12 St James Square' };

describe('the embedded log with sealed personal data', () => {
  let directory: string;
  let store: EventStore;
  let keys: Awaited<ReturnType<typeof openSqliteKeyStore>>;

  const open = async (): Promise<void> => {
    keys = await openSqliteKeyStore({ directory, secret: Buffer.from('a secret for the test') });
    const inner = await openSqliteEventStore({ directory, access: 'read-write' });
    const fields = { 'guest.arrived.v1': { person: 'guestId', fields: ['personal'] } };
    store = sealEventStore(inner, { keys, fields, wasForgotten: async () => false });
  };
  const close = async (): Promise<void> => {
    await store.close();
    await keys.close();
  };
  const everyByte = (): string =>
    readdirSync(directory)
      .map((name) => readFileSync(join(directory, name), 'latin1'))
      .join();

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'sealed-'));
    await open();
  });
  afterEach(async () => {
    await close();
    rmSync(directory, { recursive: true });
  });

  const arrival = async (): Promise<EventToAppend> => ({
    id: ID,
    type: 'guest.arrived.v1',
    data: { room: 12, guestId: await keys.personFor(PERSONAL.email), personal: PERSONAL },
    metadata: { commandId: ID, correlationId: ID, causationId: null, actor: 'anonymous' },
  });
  const readBack = async (): Promise<RecordedEvent[]> => {
    const events: RecordedEvent[] = [];
    for await (const event of store.read('stay-1')) events.push(event);
    return events;
  };

  it('has no personal text in any file, and opens it after a restart', async () => {
    await store.append('stay-1', [await arrival()], 'no-stream');
    expect(everyByte()).toContain('guest.arrived.v1');
    for (const text of Object.values(PERSONAL)) expect(everyByte()).not.toContain(text);
    await close();
    await open();
    expect(await readBack()).toMatchObject([{ data: { room: 12, personal: PERSONAL } }]);
  });

  it('takes the same batch again after a restart as a success that adds nothing', async () => {
    const first = await store.append('stay-1', [await arrival()], 'no-stream');
    await close();
    await open();
    const again = await store.append('stay-1', [await arrival()], 'no-stream');
    expect(again).toEqual({ revision: 0, position: first.position, events: [] });
  });

  it('has lost the personal values for good when their person is forgotten', async () => {
    const event = await arrival();
    await store.append('stay-1', [event], 'no-stream');
    await keys.forget(String(event.data.guestId));
    expect(await readBack()).toMatchObject([{ data: { room: 12, personal: null } }]);
    await close();
    await open();
    expect(await readBack()).toMatchObject([{ data: { room: 12, personal: null } }]);
  });
});
