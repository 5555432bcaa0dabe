import { randomUUID } from 'node:crypto';
import type { DomainEvent, JsonObject } from '../../domain/shared/index.js';
import { textOf } from '../../infra/event-store/index.js';
import type { Position } from '../../infra/shared/position.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import { orderOpened } from '../shared/test-support/index.js';
import { clearView, pseudonymousView } from './event-view.js';
import type { EventView } from './event-view.js';

const SECRET = Buffer.from('the server secret of this spec');
const NO_LOG = {} as EventStore;
const CART = 'c4c2cb27-9d6b-809e-804e-534b7c8ae4aa';
const OTHER_CART = '89523093-a2d8-8d98-9425-46e7a475cdff';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const forAdmin = clearView(NO_LOG);
const forAnalysts = pseudonymousView(NO_LOG, SECRET);

function recorded(stream: string, { type, data }: DomainEvent, correlationId: string = randomUUID()): RecordedEvent {
  const metadata = { commandId: randomUUID(), correlationId, causationId: null, actor: 'anonymous' };
  const position = '0000000000000001' as Position;
  const at = '2026-11-05T12:00:00.000Z';
  return { id: randomUUID(), stream, revision: 0, position, at, type, data: data as JsonObject, metadata };
}

const personal = {
  email: 'ada@example.com',
  shippingAddress: { name: 'Ada Byron', line1: '12 St James Square', city: 'Springfield', country: 'US' },
  paymentToken: 'tok_ok',
};
const opening = orderOpened('o-1', { reference: 'for Ada Byron' }).data;
const ORDER = '4f2d7c0a-93be-5d1c-8a6e-1c2b3d4e5f60';
const checkedOut = recorded(`cart-${CART}`, {
  type: 'cart.checked-out.v1',
  data: { ...opening, cartId: CART, personal },
});
const ordered = recorded('order-o-1', { type: 'order.opened.v1', data: { ...opening, cartId: CART } });
const requested = recorded('payment-p-1', {
  type: 'payment.requested.v1',
  data: { paymentId: 'p-1', orderId: 'o-1', idempotencyKey: 'key-1', personId: 'x', token: 'tok_ok' },
});
const stepped = recorded('saga-checkout-o-1', {
  type: 'saga.checkout.stepped.v1',
  data: {
    state: { source: { cartId: CART, revision: 3 } },
    sent: [{ target: 'cart', id: CART, key: 'reopen-cart', command: { type: 'reopen-cart', orderId: 'o-1' } }],
  },
});

const lineOf = (view: EventView, event: RecordedEvent): string => view.lineOf(textOf(event));
const shown = (view: EventView, event: RecordedEvent) =>
  JSON.parse(lineOf(view, event)) as { stream: string; correlationId: string; data: Record<string, unknown> };

describe('an event as it is shown', () => {
  it('has a means of payment, and the key of a request for money, for nobody', () => {
    const keyed = ['capture', 'void', 'refund'].map((what) =>
      recorded('payment-p-1', { type: `payment.${what}-requested.v1`, data: { idempotencyKey: 'key-1' } }),
    );
    for (const view of [forAdmin, forAnalysts]) {
      for (const event of [checkedOut, requested, ...keyed]) expect(lineOf(view, event)).not.toMatch(/tok_ok|key-1/);
      expect(shown(view, requested).data).toMatchObject({ orderId: 'o-1', token: null, idempotencyKey: null });
    }
  });

  it('is otherwise as it was recorded for admin', () => {
    expect(shown(forAdmin, checkedOut)).toMatchObject({ stream: `cart-${CART}` });
    expect(shown(forAdmin, checkedOut).data).toEqual({
      ...checkedOut.data,
      personal: { ...personal, paymentToken: null },
    });
    expect(shown(forAdmin, ordered).data).toEqual(ordered.data);
    expect(shown(forAdmin, stepped).data).toEqual(stepped.data);
  });

  it('is the JSON of its members in their order, to the byte', () => {
    const odd = 'ตั "quoted" \\ \n line';
    for (const [stream, actor, correlationId] of [
      ['order-o-1', 'saga:checkout', randomUUID()],
      [`${odd}-1`, `customer:${odd}`, odd],
    ] as const) {
      const made = recorded(stream, { type: 'order.confirmed.v1', data: { orderId: odd } }, correlationId);
      const { id, position, revision, type, at, data, metadata } = made;
      for (const causationId of [null, randomUUID(), odd]) {
        const { commandId } = metadata;
        const [category] = stream.split('-');
        const said = {
          id,
          position,
          stream,
          category,
          revision,
          type,
          at,
          actor,
          commandId,
          correlationId,
          causationId,
          data,
        };
        const event = { ...made, metadata: { ...metadata, actor, causationId } };
        expect(lineOf(forAdmin, event)).toBe(`${JSON.stringify(said)}\n`);
      }
    }
  });

  it('has null for analysts where a person is spoken of, sealed, in clear or in somebody’s own words', () => {
    const sealed = { sealed: 'c2VhbGVk', v: 1 };
    for (const event of [checkedOut, ordered]) {
      for (const value of [event.data['personal'], sealed, null]) {
        const { data } = shown(forAnalysts, { ...event, data: { ...event.data, personal: value } as JsonObject });
        expect(data).toMatchObject({ orderNumber: 'N-o-1', personId: 'x', personal: null, reference: null });
      }
    }
    for (const type of ['order.cancellation-requested.v1', 'order.refund-requested.v1']) {
      const told = recorded('order-o-1', { type, data: { orderId: 'o-1', reason: 'Ada Byron moved' } });
      expect(shown(forAnalysts, told).data).toEqual({ orderId: 'o-1', reason: null });
      expect(shown(forAdmin, told).data).toEqual({ orderId: 'o-1', reason: 'Ada Byron moved' });
    }
  });

  it('has the same pseudonym of a cart for analysts wherever the cart is named', () => {
    const { stream } = shown(forAnalysts, checkedOut);
    const pseudonym = stream.replace('cart-', '');
    expect(pseudonym).toMatch(UUID);
    expect(pseudonym).not.toBe(CART);
    expect(shown(forAnalysts, checkedOut).data).toMatchObject({ cartId: pseudonym });
    expect(shown(forAnalysts, ordered).data).toMatchObject({ cartId: pseudonym });
    expect(shown(forAnalysts, stepped).data).toMatchObject({
      state: { source: { cartId: pseudonym } },
      sent: [{ target: 'cart', id: pseudonym }],
    });
    const named = recorded(`cart-${CART}`, { type: 'cart.abandoned.v1', data: { cartId: CART } }, CART);
    expect(shown(forAnalysts, named).correlationId).toBe(pseudonym);
    for (const event of [checkedOut, ordered, stepped, named]) expect(lineOf(forAnalysts, event)).not.toContain(CART);
  });

  it('has pseudonyms of all the carts in a list of them', () => {
    const carts = [CART, OTHER_CART];
    const data = { personId: 'x', carts, orders: [ORDER], payments: [] };
    const forgotten = recorded('person-x', { type: 'person.forgotten.v1', data });
    const streams = carts.map((cartId) => {
      const event = recorded(`cart-${cartId}`, { type: 'cart.abandoned.v1', data: { cartId } });
      return shown(forAnalysts, event).stream.replace('cart-', '');
    });
    expect(shown(forAnalysts, forgotten).data).toEqual({ ...data, carts: streams });
    expect(shown(forAdmin, forgotten).data).toEqual(data);
    const none = recorded('person-x', { type: 'person.forgotten.v1', data: { ...data, carts: [] } });
    expect(shown(forAnalysts, none).data).toEqual({ ...data, carts: [] });
  });

  it('has another pseudonym for another cart, and in another shop', () => {
    const pseudonymIn = (view: EventView, cartId: string) =>
      shown(view, recorded(`cart-${cartId}`, { type: 'cart.abandoned.v1', data: { cartId } })).stream;
    const elsewhere = pseudonymousView(NO_LOG, Buffer.from('the secret of another shop'));
    const names = [pseudonymIn(forAnalysts, CART), pseudonymIn(forAnalysts, OTHER_CART), pseudonymIn(elsewhere, CART)];
    expect(new Set(names).size).toBe(3);
    expect(pseudonymIn(pseudonymousView(NO_LOG, SECRET), CART)).toBe(names[0]);
  });

  it('leads from the name of a stream to the stream, and not from a cart’s own id', () => {
    const { stream } = shown(forAnalysts, checkedOut);
    expect(forAnalysts.streamNamed(stream)).toBe(`cart-${CART}`);
    expect(forAnalysts.streamNamed(`cart-${CART}`)).not.toBe(`cart-${CART}`);
    expect(forAdmin.streamNamed(`cart-${CART}`)).toBe(`cart-${CART}`);
    for (const name of ['order-o-1', 'saga-checkout-o-1', 'cart-', 'inventory-cart-1', `product-cart-${CART}`]) {
      expect(forAnalysts.streamNamed(name)).toBe(name);
    }
  });

  it('leaves products alone whose SKU begins like the stream of a cart', () => {
    const data = { sku: 'cart-wheel', location: 'default', quantity: 1 };
    const event = recorded('inventory-cart-wheel', { type: 'inventory.received.v1', data });
    expect(lineOf(forAnalysts, event)).toBe(lineOf(forAdmin, event));
  });
});
