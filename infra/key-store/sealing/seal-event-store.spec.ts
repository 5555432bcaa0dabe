import type { JsonObject } from '../../../domain/shared/json.js';
import type { PersonalFields } from '../../../domain/shared/personal-data.js';
import { MemoryKeyStore } from '../test-support/memory-key-store.js';
import type { EventStore, EventToAppend, RecordedEvent } from '../../event-store/event-store.js';
import { allOf } from '../../event-store/test-support/sample-events.js';
import { MemoryEventStore } from '../../event-store/test-support/memory-event-store.js';
import { PersonWithoutKeyError, sealEventStore } from './seal-event-store.js';
import { isSealed, SealBrokenError } from './sealed-value.js';

const fields: PersonalFields = {
  'guest.arrived.v1': { person: 'guestId', fields: ['contact', 'note'] },
};
const ADDRESS = { email: 'ada@example.org', street: '12 St James Square' };
const ID = '5f0c6a0e-52a0-4c5f-8a5f-3d0f8f8c0001';

describe('sealed event store', () => {
  let inner: MemoryEventStore;
  let keys: MemoryKeyStore;
  let store: EventStore;
  let ada: string;

  const forgottenPersons = new Set<string>();
  const sealed = (): EventStore =>
    sealEventStore(inner, { keys, fields, wasForgotten: async (personId) => forgottenPersons.has(personId) });

  beforeEach(async () => {
    forgottenPersons.clear();
    inner = new MemoryEventStore();
    keys = new MemoryKeyStore();
    store = sealed();
    ada = await keys.personFor('ada@example.org');
  });

  const event = (type: string, data: JsonObject, id = ID): EventToAppend => ({
    id,
    type,
    data,
    metadata: { commandId: 'command-1', correlationId: 'command-1', causationId: null, actor: 'anonymous' },
  });
  const arrival = (id = ID): EventToAppend =>
    event('guest.arrived.v1', { room: 12, guestId: ada, contact: ADDRESS, note: 'Schläft gern lang' }, id);
  const readBack = async (): Promise<RecordedEvent[]> => {
    const events: RecordedEvent[] = [];
    for await (const recorded of store.read('stay-1')) events.push(recorded);
    return events;
  };

  it('keeps every personal value out of the log and the rest in clear', async () => {
    await store.append('stay-1', [arrival()], 'no-stream');
    const raw = JSON.stringify(inner.log);
    for (const secret of ['ada@example.org', 'St James', 'Schläft']) expect(raw).not.toContain(secret);
    expect(inner.log[0]?.data).toEqual({
      room: 12,
      guestId: ada,
      contact: { sealed: expect.any(String), v: 1 },
      note: { sealed: expect.any(String), v: 1 },
    });
  });

  it('opens them in pages of text, whose other events it passes on as they are', async () => {
    await store.append('stay-1', [arrival(), event('room.booked.v1', { room: 12 }, 'b')], 'no-stream');
    const [page = []] = await allOf(store.readTexts());
    expect(page.map(({ text }) => text)).toEqual([JSON.stringify(arrival().data), '{"room":12}']);
    await keys.forget(ada);
    const [[forgotten] = []] = await allOf(store.readTexts());
    expect(forgotten?.text).toBe(JSON.stringify({ ...arrival().data, contact: null, note: null }));
  });

  it('seals what is appended to several streams at once, and answers in clear', async () => {
    const batch = { stream: 'stay-1', events: [arrival()], expectedRevision: 'no-stream' as const };
    const other = {
      stream: 'room-1',
      events: [event('room.booked.v1', { room: 12 }, 'b')],
      expectedRevision: 'any' as const,
    };
    const appended = await store.appendAll([other, batch]);
    expect(store.joint).toBe(true);
    expect(appended.map(({ events }) => events[0]?.data)).toEqual([{ room: 12 }, arrival().data]);
    expect(JSON.stringify(inner.log)).not.toContain('ada@example.org');
    expect(await readBack()).toMatchObject([{ data: arrival().data }]);
  });

  it('gives readers the event as it was appended, whichever way they read', async () => {
    await store.append('stay-1', [event('room.booked.v1', { room: 12 }, 'b'), arrival()], 'no-stream');
    const expected = [
      { type: 'room.booked.v1', data: { room: 12 } },
      { type: 'guest.arrived.v1', data: arrival().data },
    ];
    expect(await readBack()).toMatchObject(expected);
    const all: RecordedEvent[] = [];
    for await (const recorded of store.readAll()) all.push(recorded);
    expect(all).toMatchObject(expected);
    expect(await store.findCommand('stay-1', 'command-1')).toMatchObject(expected);
    const live: RecordedEvent[] = [];
    const subscription = store.subscribe(
      { from: null },
      { onEvents: (events) => void live.push(...events), onError: (error) => expect(error).toBeUndefined() },
    );
    await subscription.close();
    expect(live).toMatchObject(expected);
  });

  it('opens with the key alone, in another process that never saw the clear values', async () => {
    await store.append('stay-1', [arrival()], 'no-stream');
    store = sealed();
    expect((await readBack())[0]?.data).toEqual(arrival().data);
  });

  it('answers an append with the clear values that came in, not decrypted ones', async () => {
    const sent = arrival();
    const { events } = await store.append('stay-1', [sent], 'no-stream');
    expect(events[0]?.data).toBe(sent.data);
    expect(events[0]).toMatchObject({ id: ID, stream: 'stay-1', revision: 0 });
  });

  it('lets events without personal fields pass untouched and uncopied', async () => {
    const appended = await store.append('stay-1', [event('room.booked.v1', { room: 12 })], 'no-stream');
    expect(appended.events[0]).toBe(inner.log[0]);
    expect((await readBack())[0]).toBe(inner.log[0]);
    const pages: (readonly RecordedEvent[])[] = [];
    const innerPages: (readonly RecordedEvent[])[] = [];
    const onError = (): void => undefined;
    const one = inner.subscribe({ from: null }, { onEvents: (page) => void innerPages.push(page), onError });
    const two = store.subscribe({ from: null }, { onEvents: (page) => void pages.push(page), onError });
    await Promise.all([one.close(), two.close()]);
    expect(pages[0]?.[0]).toBe(innerPages[0]?.[0]);
    expect(keys.lookups).toBe(0);
  });

  it('seals the same event to the same bytes, so that resending a batch adds nothing, also after a restart', async () => {
    const first = await store.append('stay-1', [arrival()], 'no-stream');
    store = sealed();
    const again = await store.append('stay-1', [arrival()], 'no-stream');
    expect(again).toEqual({ revision: first.revision, position: first.position, events: [] });
    expect(inner.log).toHaveLength(1);
  });

  it('shows null to everyone once the person is forgotten, also where it had been opened before', async () => {
    await store.append('stay-1', [arrival()], 'no-stream');
    expect((await readBack())[0]?.data.contact).toEqual(ADDRESS);
    await keys.forget(ada);
    const forgotten = { room: 12, guestId: ada, contact: null, note: null };
    expect((await readBack())[0]?.data).toEqual(forgotten);
    store = sealed();
    expect((await readBack())[0]?.data).toEqual(forgotten);
  });

  it('records a personal field that is null or absent as it is, also for a forgotten person', async () => {
    await keys.forget(ada);
    const data = { guestId: ada, contact: null };
    await store.append('stay-1', [event('guest.arrived.v1', data)], 'no-stream');
    expect(inner.log[0]?.data).toEqual(data);
    expect((await readBack())[0]?.data).toEqual(data);
  });

  it('records nothing personal of a person who was forgotten', async () => {
    await keys.forget(ada);
    await expect(store.append('stay-1', [arrival()], 'no-stream')).rejects.toThrow(PersonWithoutKeyError);
    forgottenPersons.add(ada);
    await store.append('stay-1', [arrival()], 'no-stream');
    const forgotten = { room: 12, guestId: ada, contact: null, note: null };
    expect([inner.log.at(-1)?.data, (await readBack())[0]?.data]).toEqual([forgotten, forgotten]);
  });

  it.each([
    ['somebody unknown', { guestId: '00000000-0000-4000-8000-000000000000', contact: ADDRESS }],
    ['nobody', { contact: ADDRESS }],
  ])('refuses to record a personal field of %s', async (_, data) => {
    const append = store.append('stay-1', [event('guest.arrived.v1', data)], 'no-stream');
    await expect(append).rejects.toThrow(PersonWithoutKeyError);
    expect(inner.log).toEqual([]);
  });

  it('gives every reader a value of its own, so that what one changes stays with it', async () => {
    await store.append('stay-1', [arrival()], 'no-stream');
    const [one, two] = [(await readBack())[0], (await readBack())[0]];
    expect(one?.data.contact).toEqual(two?.data.contact);
    expect(one?.data.contact).not.toBe(two?.data.contact);
  });

  it('refuses a value that a newer version sealed in another way', async () => {
    await store.append('stay-1', [arrival()], 'no-stream');
    const recorded = inner.log[0];
    const contact = { sealed: 'AAAA', v: 2 };
    if (recorded !== undefined) inner.log[0] = { ...recorded, data: { ...recorded.data, contact } };
    await expect(readBack()).rejects.toThrow(SealBrokenError);
  });

  it('seals a value that looks sealed like any other', async () => {
    const contact = { sealed: 'of my own', v: 1 };
    await store.append('stay-1', [event('guest.arrived.v1', { guestId: ada, contact })], 'no-stream');
    store = sealed();
    expect((await readBack())[0]?.data.contact).toEqual(contact);
  });

  describe('after tampering with the log', () => {
    const sealedText = (index: number, field: string): string => {
      const value = inner.log[index]?.data[field];
      return isSealed(value) ? value.sealed : '';
    };
    const put = (index: number, field: string, sealed: string): void => {
      const recorded = inner.log[index];
      if (recorded !== undefined)
        inner.log[index] = { ...recorded, data: { ...recorded.data, [field]: { sealed, v: 1 } } };
    };
    const OTHER = '5f0c6a0e-52a0-4c5f-8a5f-3d0f8f8c0002';

    beforeEach(async () => {
      await store.append('stay-1', [arrival(), arrival(OTHER)], 'no-stream');
    });

    it.each([0, 15, 40, 60])('refuses a ciphertext whose byte %i was changed', async (at) => {
      const bytes = Buffer.from(sealedText(0, 'contact'), 'base64url');
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      put(0, 'contact', bytes.toString('base64url'));
      await expect(readBack()).rejects.toThrow(SealBrokenError);
    });

    it.each(['', 'AAAA'])('refuses a ciphertext cut down to "%s"', async (text) => {
      put(0, 'contact', text);
      await expect(readBack()).rejects.toThrow(SealBrokenError);
    });

    it('refuses a ciphertext moved to another event or another field', async () => {
      put(1, 'contact', sealedText(0, 'contact'));
      await expect(readBack()).rejects.toThrow(SealBrokenError);
      put(1, 'contact', sealedText(1, 'note'));
      await expect(readBack()).rejects.toThrow(SealBrokenError);
    });

    it('ends a subscription with the error and says nothing of the value', async () => {
      put(0, 'contact', sealedText(1, 'contact'));
      const errors: unknown[] = [];
      const onEvents = (): void => undefined;
      await store.subscribe({ from: null }, { onEvents, onError: (error) => errors.push(error) }).close();
      expect(errors).toEqual([expect.any(SealBrokenError)]);
      expect(String(errors[0])).not.toContain('ada');
    });
  });
});
