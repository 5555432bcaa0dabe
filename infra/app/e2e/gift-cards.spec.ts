import {
  address,
  booksBalance,
  eventually,
  expectStatus,
  findings,
  Shop,
  until,
  useEngines,
} from '../test-support/index.js';
import type { Reply } from '../test-support/index.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const received = new Map([['S-1', 100]]);

interface Card {
  readonly id: string;
  readonly code: string;
}
interface Ledger {
  readonly balance: { readonly amount: number };
  readonly held: { readonly amount: number };
  readonly status: string;
  readonly entries: readonly { readonly kind: string; readonly amount: { readonly amount: number } }[];
}

async function issue(shop: Shop, amount: number, terms: object = {}): Promise<Card> {
  const body = { amount: usd(amount), ...terms };
  const key = `a-gift-card-of-${amount}-${JSON.stringify(terms)}`;
  const { json } = expectStatus(await shop.http.call('POST', '/v1/gift-cards', { body, as: 'admin', key }), 201);
  return { id: String(json['giftCardId']), code: String(json['code']) };
}
const ledgerOf = (shop: Shop, { id }: Card): Promise<Ledger> => shop.read(`/v1/gift-cards/by-id/${id}`, 'support');

async function pay(shop: Shop, quantity: number, payment: object): Promise<Reply> {
  const cartId = await shop.cart(['S-1', quantity]);
  const body = { email: 'ada@example.com', shippingAddress: address, payment };
  return shop.checkOut(cartId, { body, wait: 20 });
}
async function bought(shop: Shop, quantity: number, payment: object): Promise<string> {
  const placed = expectStatus(await pay(shop, quantity, payment), 201);
  expect(placed.json['status']).toBe('confirmed');
  return String(placed.json['orderId']);
}

/** What the tenders of an order have: authorised, captured, refunded. */
async function tendersOf(shop: Shop, orderId: string): Promise<readonly (readonly [string, number, number, number])[]> {
  const { tenders } = await shop.order(orderId);
  return tenders.map(({ kind, authorized, captured, refunded }) => [
    kind,
    authorized.amount,
    captured.amount,
    refunded.amount,
  ]);
}

/** The order is what its streams fold to anew. */
async function sameFolded(shop: Shop, orderId: string): Promise<void> {
  const folded = await shop.read(`/v1/orders/${orderId}?asOf=9999-12-31T23:59:59.999Z`, 'admin');
  expect(folded).toEqual(await shop.order(orderId));
}

async function refund(shop: Shop, orderId: string, amount: number): Promise<Reply> {
  const body = { amount: usd(amount), reason: 'broken' };
  return expectStatus(await shop.http.call('POST', `/v1/orders/${orderId}/refunds`, { body, as: 'support' }), 202);
}

describe('gift cards', () => {
  const engines = useEngines('all tests');
  let shop: Shop;
  beforeAll(async () => {
    shop = new Shop(await engines.start());
    await shop.product({ sku: 'S-1', price: 1000, stock: 100 });
  }, 60_000);

  // First, as the report is of all cards.
  it('pay a part of an order, are taken first and given back last, and the report owes what the ledgers say', async () => {
    const card = await issue(shop, 600, { note: 'goodwill' });
    const orderId = await bought(shop, 2, { giftCards: [card.code], token: 'tok_ok' });
    await shop.ship(orderId);
    await shop.orderWhen(orderId, ({ payment }) => payment?.captured.amount === 1400);
    const before = await shop.order(orderId);
    const asked = await refund(shop, orderId, 1500);
    expect(asked.json['tenders']).toEqual(before.tenders);
    await until('the rest of it is on the card', async () => (await ledgerOf(shop, card)).balance.amount === 100);
    await shop.caughtUp();
    expect(await tendersOf(shop, orderId)).toEqual([
      ['gift-card', 600, 600, 100],
      ['provider', 1400, 1400, 1400],
    ]);
    const then = await shop.read<{ readonly tenders: unknown }>(`/v1/orders/${orderId}?asOf=1`, 'support');
    expect(then.tenders).toMatchObject([{ authorized: usd(600), captured: usd(0) }, { authorized: usd(1400) }]);
    const history = await shop.read<{ readonly items: readonly { readonly title: string }[] }>(
      `/v1/orders/${orderId}/history?limit=100`,
      'support',
    );
    expect(history.items.map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        '6.00 USD held on a gift card',
        '6.00 USD taken from a gift card',
        '1.00 USD given back to a gift card',
      ]),
    );
    const report = await shop.read<{ readonly items: unknown }>('/v1/reports/gift-cards', 'analyst');
    await sameFolded(shop, orderId);
    expect(report.items).toEqual([
      {
        currency: 'USD',
        cards: 1,
        issued: usd(600),
        spent: usd(600),
        refunded: usd(100),
        reclaimed: usd(0),
        adjusted: usd(0),
        expired: usd(0),
        outstanding: usd(100),
        held: usd(0),
        blocked: usd(0),
      },
    ]);
    await booksBalance(shop, received);
  }, 90_000);

  it('pay an order by themselves, from its checkout to its completion and refund', async () => {
    const [a, b] = [await issue(shop, 1500), await issue(shop, 900)];
    const orderId = await bought(shop, 2, { giftCards: [a.code, b.code] });
    expect(await tendersOf(shop, orderId)).toEqual([
      ['gift-card', 1500, 0, 0],
      ['gift-card', 500, 0, 0],
    ]);
    expect((await shop.order(orderId)).payment).toMatchObject({ status: 'authorized', authorized: usd(0) });
    expect(await shop.read(`/v1/gift-cards/${b.code}`)).toEqual({ balance: usd(400), status: 'active' });
    const { shipmentId } = (await shop.ship(orderId)).json;
    await shop.orderWhen(orderId, ({ payment }) => payment?.status === 'captured');
    expectStatus(
      await shop.http.call('POST', `/v1/shipments/${String(shipmentId)}/delivery`, { body: {}, as: 'admin' }),
      200,
    );
    await shop.orderWhen(orderId, ({ status }) => status === 'completed');
    await refund(shop, orderId, 700);
    await shop.orderWhen(orderId, ({ refunds }) => refunds[0]?.status === 'refunded');
    await until('all of it is back', async () => (await ledgerOf(shop, a)).balance.amount === 200);
    await shop.caughtUp();
    expect(await tendersOf(shop, orderId)).toEqual([
      ['gift-card', 1500, 1500, 200],
      ['gift-card', 500, 500, 500],
    ]);
    const ledger = await ledgerOf(shop, b);
    expect(ledger.entries.map(({ kind, amount }) => [kind, amount.amount])).toEqual([
      ['issue', 900],
      ['hold', -500],
      ['capture', 0],
      ['refund', 500],
    ]);
    expect(ledger.balance).toEqual(usd(900));
    await sameFolded(shop, orderId);
    await booksBalance(shop, received);
  }, 90_000);

  it('are given back where an order is cancelled, and where the rest is refused', async () => {
    const card = await issue(shop, 600);
    const orderId = await bought(shop, 1, { giftCards: [card.code], token: 'tok_ok' });
    const body = { reason: 'changed my mind' };
    expectStatus(await shop.http.call('POST', `/v1/orders/${orderId}/cancellation`, { body, as: 'admin' }), 202);
    await shop.orderWhen(orderId, ({ status }) => status === 'cancelled');
    const refused = await pay(shop, 1, { giftCards: [card.code], token: 'tok_declined' });
    expect(expectStatus(refused, 201).json).toMatchObject({
      status: 'rejected',
      rejection: { code: 'PAYMENT.DECLINED' },
    });
    expect(await ledgerOf(shop, card)).toMatchObject({ balance: usd(600), held: usd(0) });
    await shop.caughtUp();
    expect(await tendersOf(shop, orderId)).toEqual([
      ['gift-card', 0, 0, 0],
      ['provider', 0, 0, 0],
    ]);
    await booksBalance(shop, received);
  }, 90_000);

  it('end at their time', async () => {
    const expiresAt = new Date(Date.now() + 2_000).toISOString();
    const card = await issue(shop, 300, { expiresAt });
    const ledger = await eventually('the card has expired', async () => {
      const found = await ledgerOf(shop, card);
      return found.status === 'expired' ? found : undefined;
    });
    expect(ledger).toMatchObject({ balance: usd(0), entries: [{ kind: 'issue' }, { kind: 'expiry' }] });
    expect((await pay(shop, 1, { giftCards: [card.code], token: 'tok_ok' })).json['code']).toBe('GIFT_CARD.EXPIRED');
  }, 60_000);
});

interface BoughtCards {
  readonly items: readonly { readonly giftCardId: string; readonly code: string }[];
}

describe('gift cards that are bought', () => {
  const engines = useEngines('all tests');
  let shop: Shop;
  beforeAll(async () => {
    shop = new Shop(await engines.start());
    await shop.product({ sku: 'S-1', price: 1000, stock: 100 });
    await shop.product({ sku: 'CARD', price: 1500, kind: 'gift-card' });
  }, 60_000);

  const buy = async (quantity: number, payment: object): Promise<{ orderId: string; cards: readonly Card[] }> => {
    const body = { email: 'ada@example.com', shippingAddress: address, payment };
    const cartId = await shop.cart(['CARD', quantity]);
    const { json } = expectStatus(await shop.checkOut(cartId, { body, wait: 20 }), 201);
    const orderId = String(json['orderId']);
    await shop.orderWhen(orderId, ({ status }) => status === 'completed');
    const headers = { authorization: `Bearer ${String(json['accessToken'])}` };
    const read = await shop.http.call('GET', `/v1/orders/${orderId}/gift-cards`, { headers });
    const { items } = expectStatus(read, 200).json as unknown as BoughtCards;
    return { orderId, cards: items.map(({ giftCardId, code }) => ({ id: giftCardId, code })) };
  };

  // First, as the report is of all cards.
  it('are paid and issued at once, pay another order, and are refunded as far as they are not spent', async () => {
    const { orderId, cards } = await buy(2, { token: 'tok_ok' });
    const [first, second] = cards;
    if (first === undefined || second === undefined) throw new Error('there are no two cards');
    expect(await shop.order(orderId)).toMatchObject({
      totals: { total: usd(3000), shipping: usd(0), tax: usd(0) },
      payment: { status: 'captured', captured: usd(3000) },
      lines: [{ sku: 'CARD', kind: 'gift-card', quantityShipped: 0, quantityCancelled: 0 }],
      giftCards: [{ giftCardId: first.id, amount: usd(1500) }, { giftCardId: second.id }],
      shipments: [],
    });
    const paid = await bought(shop, 1, { giftCards: [first.code] });
    await shop.ship(paid);
    await shop.orderWhen(paid, ({ tenders }) => tenders[0]?.captured.amount === 1000);
    const all = { reason: 'unwanted' };
    const refunds = `/v1/orders/${orderId}/refunds`;
    const spent = await shop.http.call('POST', refunds, { body: all, as: 'support' });
    expect(spent.json).toMatchObject({ status: 409, code: 'GIFT_CARD.SPENT', refundable: usd(2000) });
    await refund(shop, orderId, 1500);
    await shop.orderWhen(orderId, ({ payment }) => payment?.refunded.amount === 1500);
    expect(await ledgerOf(shop, second)).toMatchObject({
      balance: usd(0),
      entries: [{ kind: 'issue', amount: usd(1500) }, { kind: 'reclaim' }],
    });
    expect(await ledgerOf(shop, first)).toMatchObject({ balance: usd(500) });
    const cancelled = await shop.http.call('POST', `/v1/orders/${orderId}/cancellation`, { body: all, as: 'support' });
    expect(cancelled.json['code']).toBe('ORDER.NOT_CANCELLABLE');
    await shop.caughtUp();
    const report = await shop.read<{ readonly items: unknown }>('/v1/reports/gift-cards', 'analyst');
    expect(report.items).toMatchObject([
      { cards: 2, issued: usd(3000), spent: usd(1000), reclaimed: usd(1500), outstanding: usd(500) },
    ]);
    await sameFolded(shop, orderId);
    await booksBalance(shop, received);
  }, 90_000);

  it('may be paid by a gift card, and are issued beside goods when these have shipped', async () => {
    const card = await issue(shop, 2000);
    const { cards } = await buy(1, { giftCards: [card.code] });
    expect(await ledgerOf(shop, card)).toMatchObject({ balance: usd(500), held: usd(0) });
    expect(cards).toHaveLength(1);
    const body = { email: 'ada@example.com', shippingAddress: address, payment: { token: 'tok_ok' } };
    const mixed = await shop.checkOut(await shop.cart(['S-1', 2], ['CARD', 1]), { body, wait: 20 });
    const orderId = String(expectStatus(mixed, 201).json['orderId']);
    expect((await shop.order(orderId)).giftCards).toBeUndefined();
    expect((await shop.ship(orderId)).json['lines']).toMatchObject([{ sku: 'S-1', quantity: 2 }]);
    await shop.orderWhen(orderId, ({ giftCards }) => giftCards?.length === 1);
    expect(await shop.order(orderId)).toMatchObject({ status: 'shipped', payment: { captured: usd(3500) } });
    await booksBalance(shop, received);
  }, 90_000);

  it('are always available, and in no stock', async () => {
    const found = await shop.read<{ readonly items: readonly object[] }>('/v1/products?inStock=true&q=CARD');
    expect(found.items).toMatchObject([{ sku: 'CARD', kind: 'gift-card', available: 500 }]);
    const received = { body: { quantity: 1 }, as: 'admin' } as const;
    const refused = await shop.http.call('POST', '/v1/inventory/CARD/receipts', received);
    expect(refused.json['code']).toBe('INVENTORY.NOT_STOCKED');
  }, 60_000);
});

describe('the code of a gift card', () => {
  const engines = useEngines();

  it('is in no log line, metric or file, also where it was refused', async () => {
    const engine = await engines.start({ env: { LOG_LEVEL: 'trace' } });
    const shop = new Shop(engine);
    await shop.product({ sku: 'S-1', price: 1000, stock: 100 });
    const card = await issue(shop, 1500);
    const wrong = 'QQQQ-7777-ZZZZ-8888';
    await bought(shop, 1, { giftCards: [card.code] });
    await shop.read(`/v1/gift-cards/${card.code}`);
    expectStatus(await shop.http.call('GET', `/v1/gift-cards/${wrong}`), 404);
    expectStatus(await pay(shop, 1, { giftCards: [wrong], token: 'tok_ok' }), 404);
    const short = { giftCards: [card.code] };
    expectStatus(await pay(shop, 5, short), 422);
    await shop.caughtUp();
    const metrics = (await shop.http.call('GET', '/metrics')).text;
    const running = await engines.stored(engine);
    expect(await engine.stop()).toBe(0);
    const stopped = await engines.stored(engine);
    const places = new Map([
      ...running,
      ...stopped,
      ['stdout', engine.child.stdout],
      ['stderr', engine.child.stderr],
      ['metrics', metrics],
    ]);
    expect(findings(stopped, [card.id]).length).toBeGreaterThan(0);
    const codes = [card.code, wrong].flatMap((code) => [code, code.replaceAll('-', '')]);
    expect(findings(places, codes)).toEqual([]);
  }, 90_000);
});
