import type { DomainEvent } from '../../domain/shared/index.js';
import { itemAdded, orderStory, refusalOf, startReadApi, stockReceived } from '../shared/test-support/index.js';
import type { RunningReadApi } from '../shared/test-support/index.js';

let api: RunningReadApi;
beforeAll(async () => (api = await startReadApi()));
afterAll(() => api.close());

const history = (orderId: string) => api.client.as('support', `/v1/orders/${orderId}/history?limit=100`);
const event = (type: string, data: object): DomainEvent => ({ type, data });

async function tell(orderId: string, sku: string): Promise<void> {
  for (const { stream, event: told } of orderStory(orderId, sku)) await api.record(stream, told);
}

describe('the history of an order', () => {
  it('is everything that touched it, in the order of the log, and nothing of other orders', async () => {
    await api.record('inventory-tea', stockReceived('tea', 9));
    await tell('first', 'tea');
    await tell('second', 'tea');
    const { status, items } = await history('second');
    expect(status).toBe(200);
    // All but the receipt of stock, which was for no order.
    expect(items.map(({ type }) => type)).toEqual(
      orderStory('second', 'tea')
        .slice(1)
        .map((one) => one.event.type),
    );
    const positions = items.map(({ position }) => String(position));
    expect(positions).toEqual([...positions].sort());
    expect(items.every(({ data }) => !JSON.stringify(data).includes('first'))).toBe(true);
  });

  it('says what each event is, who did it and why', async () => {
    const [, , , checkedOut] = orderStory('told', 'pot');
    await tell('told', 'pot');
    const { items, headers } = await history('told');
    const first = items[2] ?? {};
    expect(first).toMatchObject({
      type: 'cart.checked-out.v1',
      title: 'Cart checked out: 1.00 USD',
      actor: 'anonymous',
      stream: 'cart-c-told',
      revision: 2,
      causationId: null,
      data: JSON.parse(JSON.stringify(checkedOut?.event.data)) as unknown,
    });
    for (const member of ['eventId', 'at', 'position', 'commandId', 'correlationId']) {
      expect(typeof first[member]).toBe('string');
    }
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('shows nobody a means of payment', async () => {
    const cart = {
      type: 'cart.checked-out.v1',
      data: { orderId: 'paid', personal: { email: 'a@b.example', paymentToken: 'tok_1' } },
    };
    for (const { stream, event: told } of orderStory('paid', 'jug')) {
      const data = told.type === cart.type ? { ...told.data, personal: cart.data.personal } : told.data;
      await api.record(stream, event(told.type, data));
    }
    const { items } = await history('paid');
    const dataOf = (type: string) => items.find((one) => one['type'] === type)?.['data'];
    expect(dataOf(cart.type)).toMatchObject({ personal: { email: 'a@b.example', paymentToken: null } });
    expect(dataOf('payment.requested.v1')).toMatchObject({ provider: 'sandbox', token: null, idempotencyKey: null });
  });

  it.each([
    ['rejected', ['order.rejected.v1']],
    ['cancelled', ['order.cancellation-requested.v1', 'order.cancelled.v1']],
  ])('tells attempts of the same cart apart, the first one %s', async (first, ends) => {
    const [again, cartId] = [`${first}-again`, `c-${first}`];
    const [, opened, added, checkedOut, placed] = orderStory(first, 'cup');
    for (const one of [opened, added, checkedOut, placed]) if (one) await api.record(one.stream, one.event);
    const cart = `cart-${cartId}`;
    const ended = { orderId: first, code: 'X', detail: 'no', lines: [], wholly: true };
    await api.record(`order-${first}`, ...ends.map((type) => event(type, ended)));
    await api.record(cart, event('cart.reopened.v1', { cartId, orderId: first, code: 'X' }));
    await api.record(cart, itemAdded(cartId, 'lid', { quantity: 1, amount: 5 }));
    await api.record(cart, event('cart.checked-out.v1', { ...checkedOut?.event.data, orderId: again, cartId }));
    const opening = { ...placed?.event.data, orderId: again, paymentId: `p-${again}`, cartId };
    await api.record(`order-${again}`, event('order.opened.v1', opening));

    const typesOf = async (orderId: string) =>
      (await history(orderId)).items.map(({ stream, type }) => `${stream} ${type}`);
    expect(await typesOf(first)).toEqual([
      `${cart} cart.opened.v1`,
      `${cart} cart.item-added.v1`,
      `${cart} cart.checked-out.v1`,
      `order-${first} order.opened.v1`,
      ...ends.map((type) => `order-${first} ${type}`),
    ]);
    expect(await typesOf(again)).toEqual([
      `${cart} cart.opened.v1`,
      `${cart} cart.item-added.v1`,
      `${cart} cart.item-added.v1`,
      `${cart} cart.checked-out.v1`,
      `order-${again} order.opened.v1`,
    ]);
  });

  it('comes in pages that stay as they are while more happens', async () => {
    await tell('paged', 'mat');
    const whole = (await history('paged')).items.map(({ eventId }) => eventId);
    const path = '/v1/orders/paged/history?limit=4';
    const first = await api.client.as('support', path);
    await api.record('order-paged', event('order.completed.v1', { orderId: 'paged' }));
    const seen = first.items.map(({ eventId }) => eventId);
    let { nextCursor } = first.json;
    while (nextCursor !== null) {
      const page = await api.client.as('support', `${path}&cursor=${String(nextCursor)}`);
      expect(page.items.length).toBeLessThanOrEqual(4);
      seen.push(...page.items.map(({ eventId }) => eventId));
      ({ nextCursor } = page.json);
    }
    expect(seen.slice(0, whole.length)).toEqual(whole);
    expect(seen).toHaveLength(whole.length + 1);
    expect(new Set(seen).size).toBe(seen.length);
    for (const [query, path400] of [
      ['limit=0', 'limit'],
      ['limit=101', 'limit'],
      ['cursor=garbage', 'cursor'],
    ] as const) {
      const refusal = refusalOf(await api.client.as('support', `/v1/orders/paged/history?${query}`));
      expect(refusal).toEqual({ status: 400, code: 'REQUEST.INVALID', paths: [path400] });
    }
    const { nextCursor: ours } = (await api.client.as('support', path)).json;
    await tell('other', 'rug');
    const foreign = await api.client.as('support', `/v1/orders/other/history?cursor=${String(ours)}`);
    expect(refusalOf(foreign)).toMatchObject({ status: 400, paths: ['cursor'] });
  });

  it('is for support and admin, and 404 where there is no such order', async () => {
    await tell('guarded', 'jar');
    const path = '/v1/orders/guarded/history';
    expect((await api.client.get(path)).status).toBe(401);
    expect((await api.client.get(path, { authorization: `Bearer ${api.client.accessToken('guarded')}` })).status).toBe(
      401,
    );
    for (const role of ['customer', 'analyst'] as const) expect((await api.client.as(role, path)).status).toBe(403);
    expect((await api.client.as('admin', path)).status).toBe(200);
    expect(refusalOf(await history('nothing'))).toEqual({ status: 404, code: 'ORDER.NOT_FOUND', paths: [] });
  });
});

describe('the notes on an order', () => {
  it('are listed the oldest first and stand in its history, and are for staff alone', async () => {
    await tell('noted', 'mug');
    const noted = (noteId: string, text: string | null) =>
      event('order.note-added.v1', {
        orderId: 'noted',
        noteId,
        createdAt: '2026-03-02T10:15:00.000Z',
        personId: 'p1',
        text,
      });
    await api.record('order-noted', noted('n1', 'Rings again on Monday'), noted('n2', null), noted('n3', 'Wrapped'));
    const notes = (query: string, as: 'support' | 'analyst' = 'support') =>
      api.client.as(as, `/v1/orders/noted/notes?${query}`);
    const page = await notes('limit=2');
    expect(page.items).toEqual([
      { noteId: 'n1', createdAt: '2026-03-02T10:15:00.000Z', actor: expect.any(String), text: 'Rings again on Monday' },
      expect.objectContaining({ noteId: 'n2', text: null }),
    ]);
    const rest = await notes(`limit=2&cursor=${String(page.json['nextCursor'])}`);
    expect(rest.items.map(({ noteId }) => noteId)).toEqual(['n3']);
    expect(rest.json['nextCursor']).toBeNull();
    expect((await notes('', 'analyst')).status).toBe(403);
    expect((await api.client.as('support', '/v1/orders/nobody/notes')).status).toBe(404);
    const titles = (await history('noted')).items.map(({ title }) => title);
    expect(titles.slice(-3)).toEqual(['Note: Rings again on Monday', 'Note', 'Note: Wrapped']);
  });
});
