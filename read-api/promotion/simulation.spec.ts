import { randomUUID } from 'node:crypto';
import { mock } from 'node:test';
import type { CartEvent } from '../../domain/cart/index.js';
import type { OrderEvent, OrderOpened } from '../../domain/order/index.js';
import type { PromotionDetails, PromotionStreamEvent } from '../../domain/promotion/index.js';
import { untaxedLine, untaxedShipping } from '../../domain/shared/test-support/index.js';
import { invalidField, orderOpened, refusalOf, startReadApi, usd } from '../shared/test-support/index.js';
import type { RunningReadApi } from '../shared/test-support/index.js';
import { SimulatePromotion, SimulatePromotionHandler } from './simulate-promotion.query.js';

const tenth: PromotionDetails = {
  name: 'A tenth',
  priority: 0,
  combines: 'none',
  trigger: 'coupon',
  from: '2001-01-01T00:00:00.000Z',
  to: '2002-01-01T00:00:00.000Z',
  limits: { uses: 1 },
  when: [],
  then: [{ type: 'percent-off', percent: '10', of: 'order' }],
};
const ALL = { from: '2000-01-01T00:00:00Z', to: '2999-01-01T00:00:00Z' };

let api: RunningReadApi;
beforeEach(async () => {
  api = await startReadApi();
});
afterEach(() => api.close());

async function promotion(changes: Partial<PromotionDetails> = {}): Promise<string> {
  const promotionId = randomUUID();
  const created: PromotionStreamEvent = {
    type: 'promotion.created.v1',
    data: { promotionId, ...tenth, ...changes },
  };
  await api.append(`promotion-${promotionId}`, created);
  return promotionId;
}

type Shape = Partial<OrderOpened['data']>;

/** Answers when it was placed. */
async function placed(orderId: string, shape: Shape = {}): Promise<string> {
  const { type, data } = orderOpened(orderId);
  const lines = [untaxedLine('tea', { price: usd(1_000), quantity: 2 })];
  const opened: OrderOpened = { type, data: { ...data, lines, shipping: untaxedShipping(usd(500)), ...shape } };
  const [recorded] = await api.append(`order-${orderId}`, opened);
  return recorded?.at ?? '';
}
const happens = (orderId: string, event: OrderEvent) => api.append(`order-${orderId}`, event);
const confirmed = (orderId: string) => happens(orderId, { type: 'order.confirmed.v1', data: { orderId, lines: [] } });

async function sold(orderId: string, shape?: Shape): Promise<string> {
  const at = await placed(orderId, shape);
  await confirmed(orderId);
  return at;
}

const simulate = async (id: string, body: object = ALL, role: 'analyst' | 'admin' | 'support' = 'analyst') =>
  api.client.post(`/v1/promotions/${id}/simulation`, body, await api.client.bearer(role));

describe('the simulation of a promotion', () => {
  it('tells what it would have taken off confirmed orders, whatever its status, window, limits and trigger', async () => {
    await sold('a');
    await sold('b', { lines: [untaxedLine('mug', { price: usd(50), quantity: 1 })] });
    await placed('open');
    await placed('off');
    await happens('off', { type: 'order.rejected.v1', data: { orderId: 'off', code: 'X.Y', detail: '' } });
    const { status, json } = await simulate(await promotion());
    expect([status, json]).toEqual([
      200,
      {
        orders: 2,
        discounted: 2,
        cost: [usd(205)],
        examples: [
          { orderId: 'a', before: usd(2_500), after: usd(2_300) },
          { orderId: 'b', before: usd(550), after: usd(545) },
        ],
      },
    ]);
  });

  it('records nothing, and answers neither an ETag nor a token', async () => {
    await sold('a');
    const id = await promotion();
    const head = await api.events.head();
    const { status, headers } = await simulate(id);
    expect([status, headers.get('etag'), headers.get('consistency-token')]).toEqual([200, null, null]);
    expect(await api.events.head()).toBe(head);
  });

  it('looks at the lines before the discounts that they had, and not at gift cards', async () => {
    const tea = untaxedLine('tea', { price: usd(1_000), quantity: 2 });
    const discount = { promotionId: 'other', name: 'Other', amount: usd(1_999) };
    const card = { ...untaxedLine('card', { price: usd(5_000), quantity: 1 }), kind: 'gift-card' as const };
    await sold('a', { lines: [{ ...tea, discounts: [discount], discount: usd(1_999) }, card] });
    const { json } = await simulate(await promotion());
    expect(json).toMatchObject({ cost: [usd(200)], examples: [{ before: usd(7_500), after: usd(7_300) }] });
  });

  it('takes orders by when they were placed, from the first moment and before the last', async () => {
    await sold('a');
    await new Promise((resolve) => setTimeout(resolve, 5));
    const from = await placed('b');
    await new Promise((resolve) => setTimeout(resolve, 5));
    const to = await sold('c');
    await confirmed('b');
    const { json } = await simulate(await promotion(), { from, to });
    expect(json).toMatchObject({ orders: 1, examples: [{ orderId: 'b' }] });
    const id = await promotion();
    expect(refusalOf(await simulate(id, { from: to, to: from }))).toEqual(invalidField('to'));
    expect(refusalOf(await simulate(id, { from, to: from }))).toEqual(invalidField('to'));
    expect(refusalOf(await simulate(id, { from: 'once', to }))).toEqual(invalidField('from'));
    expect(refusalOf(await simulate(id, {}))).toMatchObject({ status: 400, paths: ['from', 'to'] });
  });

  it('goes by conditions and by whom the promotion is for', async () => {
    await sold('a', { channel: 'at', destination: { country: 'AT' } });
    await sold('b');
    await sold('c', {
      currency: 'EUR',
      lines: [untaxedLine('tea', { price: { amount: 900, currency: 'EUR' }, quantity: 3 })],
    });
    const discounted = async (changes: Partial<PromotionDetails>) => {
      const { json } = await simulate(await promotion(changes));
      expect(json['orders']).toBe(3);
      return (json['examples'] as { orderId: string }[]).map(({ orderId }) => orderId);
    };
    expect(await discounted({})).toEqual(['a', 'b', 'c']);
    expect(await discounted({ channels: ['at'] })).toEqual(['a']);
    expect(await discounted({ channels: ['default'] })).toEqual(['b', 'c']);
    expect(await discounted({ countries: ['AT'] })).toEqual(['a']);
    expect(await discounted({ currencies: ['EUR'] })).toEqual(['c']);
    expect(await discounted({ when: [{ type: 'subtotal', atLeast: [usd(2_000)] }] })).toEqual(['a', 'b']);
    expect(await discounted({ when: [{ type: 'quantity', atLeast: 3 }] })).toEqual(['c']);
    expect(await discounted({ then: [{ type: 'percent-off', percent: '5', of: { skus: ['none'] } }] })).toEqual([]);
  });

  it('knows brands, attributes and groups from the cart of each order', async () => {
    const cart = (cartId: string, groups: readonly string[], brand: string): readonly CartEvent[] => [
      { type: 'cart.opened.v1', data: { cartId, currency: 'USD', customerGroups: groups } },
      {
        type: 'cart.item-added.v1',
        data: {
          cartId,
          lineId: 'tea',
          sku: 'tea',
          name: 'Tea',
          taxClass: 'standard',
          categories: [],
          brand,
          attributes: { organic: 'yes' },
          added: 1,
          quantity: 1,
          unitPrice: usd(1_000),
        },
      },
    ];
    const lines = [{ ...untaxedLine('tea', { price: usd(1_000), quantity: 1 }), lineId: 'tea' }];
    await api.append('cart-1', ...cart('1', ['club'], 'Acme'));
    await api.append('cart-2', ...cart('2', [], 'Other'));
    await sold('a', { cartId: '1', lines });
    await sold('b', { cartId: '2', lines });
    const discounted = async (changes: Partial<PromotionDetails>) =>
      ((await simulate(await promotion(changes))).json['examples'] as { orderId: string }[]).map(
        ({ orderId }) => orderId,
      );
    const percentOff = (of: object) => ({ then: [{ type: 'percent-off' as const, percent: '5', of }] });
    expect(await discounted(percentOff({ brands: ['Acme'] }))).toEqual(['a']);
    expect(await discounted(percentOff({ except: { brands: ['Acme'] } }))).toEqual(['b']);
    expect(await discounted(percentOff({ attributes: { organic: 'yes' } }))).toEqual(['a', 'b']);
    expect(await discounted({ customerGroups: ['club'] })).toEqual(['a']);
    const buy = { quantity: 1, of: { brands: ['Acme'] } };
    expect(await discounted({ when: [{ type: 'quantity', atLeast: 1, of: { brands: ['Other'] } }] })).toEqual(['b']);
    expect(await discounted({ then: [{ type: 'buy-get', buy, get: { quantity: 1, percent: '50' } }] })).toEqual([]);
  });

  it('knows which order was the first of an account, also of orders that it is not asked for', async () => {
    await sold('a', { customerId: 'ada' });
    await new Promise((resolve) => setTimeout(resolve, 5));
    await placed('rejected', { customerId: 'bob' });
    await happens('rejected', { type: 'order.rejected.v1', data: { orderId: 'rejected', code: 'X.Y', detail: '' } });
    await new Promise((resolve) => setTimeout(resolve, 5));
    const from = await sold('b', { customerId: 'ada' });
    await placed('c', { customerId: 'bob' });
    await placed('d', { customerId: 'bob' });
    await confirmed('c');
    await confirmed('d');
    await sold('e', { customerId: 'bob' });
    await sold('guest');
    const { json } = await simulate(await promotion({ when: [{ type: 'first-order' }] }), { ...ALL, from });
    expect(json['orders']).toBe(5);
    expect((json['examples'] as { orderId: string }[]).map(({ orderId }) => orderId)).toEqual(['c', 'd']);
  });

  it('shows ten of many orders, and sums beyond 2^53 in full', async () => {
    const most = { amount: Number.MAX_SAFE_INTEGER - 500, currency: 'USD' };
    const lines = [untaxedLine('gold', { price: most, quantity: 1 })];
    for (let n = 0; n < 12; n += 1) await sold(`o${n}`, { lines });
    const all = await promotion({ then: [{ type: 'percent-off', percent: '100', of: 'order' }] });
    const { text, json } = await simulate(all);
    expect(text).toContain(`"cost":[{"amount":${12n * BigInt(most.amount)},"currency":"USD"}]`);
    expect(json).toMatchObject({ orders: 12, discounted: 12 });
    expect(json['examples']).toHaveLength(10);
  });

  it('is for analysts and admins, of a promotion that is there', async () => {
    const id = await promotion();
    expect((await simulate(id, ALL, 'admin')).status).toBe(200);
    expect(refusalOf(await simulate(id, ALL, 'support'))).toMatchObject({ status: 403 });
    expect(refusalOf(await simulate('none'))).toMatchObject({ status: 404, code: 'PROMOTION.NOT_FOUND' });
  });

  it('tells it of a promotion that is recorded nowhere, which is refused as one that is created', async () => {
    await sold('a');
    const { from, to } = ALL;
    const simulateNew = async (body: object, role: 'analyst' | 'support' = 'analyst', until = to) =>
      api.client.post(`/v1/promotions/simulation?from=${from}&to=${until}`, body, await api.client.bearer(role));
    const head = await api.events.head();
    const { status, json } = await simulateNew(tenth);
    expect(await api.events.head()).toBe(head);
    expect([status, json]).toEqual([200, (await simulate(await promotion())).json]);
    const wrong = await simulateNew({ ...tenth, then: [{ type: 'percent-off', percent: '0', of: 'order' }], more: 1 });
    expect(refusalOf(wrong)).toEqual({ status: 422, code: 'PROMOTION.INVALID', paths: ['more', 'then[0].percent'] });
    expect(refusalOf(await simulateNew(tenth, 'analyst', from))).toEqual(invalidField('to'));
    expect(refusalOf(await simulateNew(tenth, 'support'))).toMatchObject({ status: 403 });
  });

  it('is refused where it would take too long', async () => {
    await sold('a');
    const id = await promotion();
    const handler = new SimulatePromotionHandler(api.events);
    const query = new SimulatePromotion(id, { from: '2000-01-01T00:00:00.000Z', to: '2999-01-01T00:00:00.000Z' });
    expect(await handler.execute(query)).toMatchObject({ orders: 1 });
    let calls = 0;
    const clock = mock.method(performance, 'now', () => 31_000 * calls++);
    await expect(handler.execute(query)).rejects.toMatchObject({ code: 'PROMOTION.SIMULATION_TOO_LARGE', status: 422 });
    clock.mock.restore();
    expect(await handler.execute(query)).toMatchObject({ orders: 1 });
  });
});
