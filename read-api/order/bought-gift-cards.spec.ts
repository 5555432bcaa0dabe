import { cardSeedOf, type OrderEvent } from '../../domain/order/index.js';
import { giftCardOf } from '../../infra/shared/gift-card-code.js';
import { orderConfirmed, orderOpened, ReadApi, refusalOf, serverSecret, usd } from '../shared/test-support/index.js';

let api: ReadApi;
const unit = { lineId: 'tea', unit: 1 };
const { code, giftCardId } = giftCardOf(serverSecret, cardSeedOf('1', unit));
const card = { giftCardId, ...unit, amount: usd(100) };
const issued: OrderEvent = { type: 'order.gift-cards-issued.v1', data: { orderId: '1', cards: [card] } };
const path = '/v1/orders/1/gift-cards';

beforeAll(async () => {
  api = await ReadApi.start();
  const amounts = { amount: usd(100), balance: usd(100) };
  api
    .record('order-1', orderOpened('1', { customerId: 'ann' }))
    .record('order-1', orderConfirmed('1'))
    .record(`giftcard-${giftCardId}`, {
      type: 'gift-card.issued.v1',
      data: { giftCardId, seed: cardSeedOf('1', unit), orderId: '1', ...amounts },
    })
    .record('order-1', issued)
    .record('order-2', orderOpened('2', { customerId: 'ann' }));
  await api.catchUp();
});
afterAll(() => api.close());

describe('the gift cards of an order', () => {
  it('are shown to its buyer with their codes', async () => {
    const bearer = { authorization: `Bearer ${api.accessToken('1')}` };
    const shown = { items: [{ ...card, code }], nextCursor: null };
    expect((await api.get(path, bearer)).json).toEqual(shown);
    const { json, headers } = await api.as('customer', path, 'ann');
    expect([json, headers.get('cache-control')]).toEqual([shown, 'no-store']);
    expect((await api.get(`/v1/gift-cards/${code}`)).json).toEqual({ balance: usd(100), status: 'active' });
    expect((await api.as('customer', '/v1/orders/2/gift-cards', 'ann')).json).toEqual({ items: [], nextCursor: null });
  });

  it('are shown to staff without them', async () => {
    for (const role of ['support', 'admin'] as const)
      expect((await api.as(role, path)).json).toEqual({ items: [card], nextCursor: null });
    const { json } = await api.as('support', `/v1/gift-cards/by-id/${giftCardId}`);
    expect(json).toMatchObject({ orderId: '1', entries: [{ kind: 'issue', orderId: '1' }] });
  });

  it('are not there for anybody else', async () => {
    const hidden = { status: 404, code: 'ORDER.NOT_FOUND' };
    expect((await api.get(path)).status).toBe(401);
    expect(refusalOf(await api.as('customer', path, 'bob'))).toMatchObject(hidden);
    expect(refusalOf(await api.as('support', '/v1/orders/none/gift-cards'))).toMatchObject(hidden);
  });

  it('are in the history of the order, and named by the order itself', async () => {
    const history = await api.all('support', '/v1/orders/1/history?limit=100');
    expect(history.map(({ type }) => type)).toEqual([
      'order.opened.v1',
      'order.confirmed.v1',
      'gift-card.issued.v1',
      'order.gift-cards-issued.v1',
    ]);
    const now = await api.as('support', '/v1/orders/1');
    expect(now.json['giftCards']).toEqual([card]);
    const then = await api.as('support', '/v1/orders/1?asOf=9999-12-31T00:00:00Z');
    expect(then.json).toEqual(now.json);
  });
});
