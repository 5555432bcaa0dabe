import type { JsonObject } from '../../../domain/shared/json.js';
import type { Upcaster } from '../../../domain/shared/upcaster.js';
import type { EventFilter, EventStore, RecordedEvent } from '../event-store.js';
import { MemoryEventStore } from '../test-support/memory-event-store.js';
import { upcastEventStore } from './upcast-event-store.js';

const upcasters: readonly Upcaster[] = [
  {
    from: 'guest.arrived.v1',
    to: 'guest.arrived.v2',
    upcast: ({ name, ...rest }) => ({ ...rest, names: [name ?? ''] }),
  },
  { from: 'guest.arrived.v2', to: 'guest.arrived.v3', upcast: (data) => ({ ...data, party: 1 }) },
];

describe('upcast event store', () => {
  let inner: MemoryEventStore;
  let store: EventStore;

  const record = (type: string, data: JsonObject) => {
    const metadata = { commandId: 'command-1', correlationId: 'c', causationId: null, actor: 'anonymous' };
    return inner.append('stay-1', [{ id: `event-${inner.log.length}`, type, data, metadata }], 'any');
  };
  const readAll = async (filter: EventFilter = {}): Promise<RecordedEvent[]> => {
    const events: RecordedEvent[] = [];
    for await (const event of store.readAll({ filter })) events.push(event);
    return events;
  };

  beforeEach(async () => {
    inner = new MemoryEventStore();
    store = upcastEventStore(inner, upcasters);
    await record('guest.arrived.v1', { name: 'Ada', room: 1 });
    await record('guest.arrived.v2', { names: ['Charles'], room: 2 });
    await record('guest.arrived.v3', { names: ['Mary'], room: 3, party: 2 });
    await record('guest.left.v1', { room: 1 });
  });

  const newest = [
    { type: 'guest.arrived.v3', data: { names: ['Ada'], room: 1, party: 1 }, revision: 0 },
    { type: 'guest.arrived.v3', data: { names: ['Charles'], room: 2, party: 1 }, revision: 1 },
    { type: 'guest.arrived.v3', data: { names: ['Mary'], room: 3, party: 2 }, revision: 2 },
  ];
  const all = [...newest, { type: 'guest.left.v1', data: { room: 1 } }];

  it('shows every version as the newest one, whichever way it is read', async () => {
    expect(await readAll()).toMatchObject(all);
    const stream: RecordedEvent[] = [];
    for await (const event of store.read('stay-1')) stream.push(event);
    expect(stream).toMatchObject(all);
    expect(await store.findCommand('stay-1', 'command-1')).toMatchObject(all);
  });

  it('shows the newest version to subscribers, also of what comes live', async () => {
    const events: RecordedEvent[] = [];
    const subscription = store.subscribe(
      { from: null },
      { onEvents: (page) => void events.push(...page), onError: (error) => expect(error).toBeUndefined() },
    );
    await record('guest.arrived.v1', { name: 'Grace', room: 4 });
    await subscription.close();
    expect(events).toMatchObject([...all, { data: { names: ['Grace'], room: 4, party: 1 } }]);
  });

  it('leaves the log as it is', async () => {
    await readAll();
    expect(inner.log[0]).toMatchObject({ type: 'guest.arrived.v1', data: { name: 'Ada', room: 1 } });
  });

  it('finds the older versions too when asked for the newest type', async () => {
    expect(await readAll({ types: ['guest.arrived.v3'] })).toMatchObject(newest);
    expect(await readAll({ types: ['guest.left.v1'] })).toHaveLength(1);
    const events: RecordedEvent[] = [];
    const handler = {
      onEvents: (page: readonly RecordedEvent[]) => void events.push(...page),
      onError: () => undefined,
    };
    await store.subscribe({ from: null, filter: { types: ['guest.arrived.v3'] } }, handler).close();
    expect(events).toMatchObject(newest);
  });

  it('lets events that need no upcaster pass uncopied', async () => {
    const events = await readAll();
    expect(events[2]).toBe(inner.log[2]);
    expect(events[3]).toBe(inner.log[3]);
  });

  it('is the inner store itself when there are no upcasters', () => {
    expect(upcastEventStore(inner, [])).toBe(inner);
  });

  it('refuses two upcasters for one type and upcasters in a circle', () => {
    const step = (from: string, to: string): Upcaster => ({ from, to, upcast: (data) => data });
    expect(() => upcastEventStore(inner, [step('a.v1', 'a.v2'), step('a.v1', 'a.v3')])).toThrow('two upcasters');
    expect(() => upcastEventStore(inner, [step('a.v1', 'a.v2'), step('a.v2', 'a.v1')])).toThrow('circle');
  });

  it('ends a reader that stops early in the inner store too', async () => {
    for await (const event of store.readAll()) {
      expect(event).toMatchObject(newest[0] ?? {});
      break;
    }
    expect(inner.openReads).toBe(0);
  });
});
