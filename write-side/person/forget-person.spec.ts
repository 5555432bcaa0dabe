import { MemoryEventStore } from '../../infra/event-store/test-support/memory-event-store.js';
import type { EventToAppend } from '../../infra/event-store/index.js';
import { MemoryKeyStore } from '../../infra/key-store/test-support/memory-key-store.js';
import type { JsonObject } from '../../domain/shared/index.js';
import { QueueingExecutor } from '../../infra/engine/commands/index.js';
import { forgetPerson } from './forget-person.js';

const noSnapshots = { load: async () => undefined, save: async () => undefined };
const metadata = { commandId: 'c', correlationId: 'c', causationId: null, actor: 'guest' };
const ADA = 'ada@example.com';

describe('forgetting a person', () => {
  let store: MemoryEventStore;
  let keys: MemoryKeyStore;
  let ada: string;
  const forget = (email = ADA) => {
    const executor = new QueueingExecutor({ store, snapshots: noSnapshots });
    return forgetPerson(email, { log: store, keys, executor, actor: 'cli', now: Date.now() });
  };
  const append = async (stream: string, ...events: readonly (readonly [type: string, data: JsonObject])[]) => {
    const batch = events.map(([type, data], index): EventToAppend => {
      return { id: `${stream} ${store.log.length + index}`, type, data, metadata };
    });
    await store.append(stream, batch, 'any');
  };
  /** A checkout of the person, with the order that came of it: opened, and rejected where nothing is to be held. */
  const bought = async (n: number, personId = ada, { ended = true, customerId = null as string | null } = {}) => {
    const of = { orderId: `o${n}`, personId, ...(customerId === null ? {} : { customerId }) };
    await append(`cart-c${n}`, ['cart.checked-out.v1', { ...of, cartId: `c${n}` }]);
    const rejected = ['order.rejected.v1', { orderId: `o${n}`, code: 'X', detail: '' }] as const;
    await append(`order-o${n}`, ['order.opened.v1', { ...of, lines: [] }], ...(ended ? [rejected] : []));
  };
  const forgotten = () =>
    store.log.filter(({ type }) => type === 'person.forgotten.v1').map(({ stream, data }) => ({ stream, data }));

  beforeEach(async () => {
    store = new MemoryEventStore();
    keys = new MemoryKeyStore();
    ada = await keys.personFor(ADA);
  });

  it('records the ids of what they bought, of nobody else, and destroys the key', async () => {
    const bob = await keys.personFor('bob@example.com');
    await bought(1);
    await bought(2, bob);
    const traces = { carts: ['c1'], orders: ['o1'], payments: [] };
    expect(await forget(' ADA@example.com')).toEqual({ outcome: 'forgotten', personId: ada, traces, unlinked: [] });
    expect(forgotten()).toEqual([{ stream: `person-${ada}`, data: { personId: ada, ...traces } }]);
    expect([await keys.keyOf(ada), await keys.keyOf(bob)]).toEqual([null, expect.any(Uint8Array)]);
    expect(await forget()).toEqual({ outcome: 'unknown', unlinked: [] });
    expect(forgotten()).toHaveLength(1);
  });

  it('is refused while an order is open, not opened yet, or has money held for it, and changes nothing', async () => {
    await bought(1);
    await bought(2, ada, { ended: false });
    await append('cart-c3', ['cart.checked-out.v1', { cartId: 'c3', orderId: 'o3', personId: ada }]);
    const amount = { amount: 1, currency: 'USD' };
    await append('payment-p1', ['payment.requested.v1', { paymentId: 'p1', orderId: 'o1', personId: ada, amount }]);
    const refusal = { code: 'CUSTOMER.HAS_OPEN_ORDERS', extra: { orders: ['o2', 'o3', 'o1'] } };
    expect(await forget()).toMatchObject({ outcome: 'refused', refusal });
    expect(forgotten()).toEqual([]);
    expect(await keys.keyOf(ada)).not.toBeNull();
  });

  it('is finished by the next run where it was killed before the key was gone', async () => {
    await bought(1);
    const { forget: destroy } = keys;
    keys.forget = () => Promise.reject(new Error('killed'));
    await expect(forget()).rejects.toThrow('killed');
    keys.forget = destroy;
    expect(await forget()).toMatchObject({ outcome: 'forgotten' });
    expect(await keys.keyOf(ada)).toBeNull();
    expect(forgotten()).toHaveLength(1);
  });

  it('names what was bought in the very moment, also in a later run for somebody else', async () => {
    await bought(1);
    await forget();
    await bought(2);
    expect(await forget('nobody@example.com')).toEqual({ outcome: 'unknown', unlinked: [] });
    expect(forgotten().map(({ data }) => data['orders'])).toEqual([['o1'], ['o2']]);
  });

  describe('unlinks the customer', () => {
    let customerId: string;
    beforeEach(async () => {
      customerId = await keys.personFor('a subject', 'subject');
    });
    const isLinked = async () => (await keys.find('a subject', 'subject')) === customerId;

    it('who bought with their addresses alone, once the last of these is forgotten', async () => {
      const other = await keys.personFor('ada@other.example');
      await bought(1, ada, { customerId });
      await bought(2, other, { customerId });
      expect(await forget()).toMatchObject({ outcome: 'forgotten', unlinked: [] });
      expect(await isLinked()).toBe(true);
      expect(await forget('ada@other.example')).toMatchObject({ unlinked: [customerId] });
      expect(await isLinked()).toBe(false);
      expect(await forget('ada@other.example')).toEqual({ outcome: 'unknown', unlinked: [] });
    });

    it('whose subject is the address, also where nobody bought with it', async () => {
      const named = await keys.personFor('Bob@example.com', 'subject');
      expect(await forget('bob@example.com')).toEqual({ outcome: 'unknown', unlinked: [named] });
      expect(await keys.find('bob@example.com', 'subject')).toBeNull();
      expect(await isLinked()).toBe(true);
    });

    it('not while an order of theirs is under way', async () => {
      await bought(1, ada, { customerId, ended: false });
      expect(await forget()).toMatchObject({ outcome: 'refused' });
      expect(await isLinked()).toBe(true);
    });

    it('in the next run, where this one was killed in between', async () => {
      await bought(1, ada, { customerId });
      const { forget: destroy } = keys;
      keys.forget = (id) => (id === customerId ? Promise.reject(new Error('killed')) : destroy.call(keys, id));
      await expect(forget()).rejects.toThrow('killed');
      keys.forget = destroy;
      expect(await forget()).toEqual({ outcome: 'unknown', unlinked: [customerId] });
      expect(await isLinked()).toBe(false);
    });
  });
});
