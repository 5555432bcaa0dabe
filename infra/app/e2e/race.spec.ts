import { address, booksBalance, expectStatus, Shop, useEngines, type Line } from '../test-support/index.js';

const SHOPPERS = 100;
/** Where what is raced for is had by a few, and the rest is refused all the same. */
const FEWER = 40;

/** What became of each shopper: a status, or why the order was rejected. */
async function raceFor(shop: Shop, baskets: readonly (readonly Line[])[]): Promise<readonly string[]> {
  const carts = await Promise.all(baskets.map((lines) => shop.cart(...lines)));
  // All carts are full before the first one is checked out: the race is for stock alone.
  const orders = await checkOutAll(shop, carts);
  return orders.map(outcomeOf);
}

type Order = Awaited<ReturnType<Shop['ended']>>;

const outcomeOf = ({ status, rejection }: Order): string => rejection?.code ?? status;

/** Checks all of them out at once and waits for how each ends. */
async function checkOutAll(shop: Shop, carts: readonly string[]): Promise<readonly Order[]> {
  const placed = await Promise.all(carts.map((cartId) => shop.checkOut(cartId)));
  expect(placed.map(({ status }) => status)).toEqual(carts.map(() => 202));
  return Promise.all(placed.map(({ json }) => shop.ended(String(json['orderId']), 60)));
}

const count = (outcomes: readonly string[], outcome: string): number =>
  outcomes.filter((one) => one === outcome).length;

async function shipAll(shop: Shop): Promise<void> {
  const orders = await shop.orders();
  const confirmed = orders.filter(({ status }) => status === 'confirmed');
  await Promise.all(confirmed.map(({ orderId }) => shop.ship(orderId)));
}

describe('a race for the last units', () => {
  const engines = useEngines('all tests');
  let shop: Shop;
  beforeAll(async () => {
    shop = new Shop(await engines.start());
  }, 60_000);

  it('sells ten units to exactly ten of a hundred shoppers', async () => {
    const received = new Map([['LAST', 10]]);
    await shop.product({ sku: 'LAST', stock: 10 });
    const outcomes = await raceFor(
      shop,
      Array.from({ length: SHOPPERS }, () => [['LAST', 1]]),
    );
    expect(count(outcomes, 'confirmed')).toBe(10);
    expect(count(outcomes, 'INVENTORY.INSUFFICIENT_STOCK')).toBe(SHOPPERS - 10);
    await booksBalance(shop, received);
    expect(await shop.stock('LAST')).toMatchObject({ onHand: 10, reserved: 10, available: 0 });

    await shipAll(shop);
    await booksBalance(shop, received);
    expect(await shop.stock('LAST')).toMatchObject({ onHand: 0, reserved: 0, available: 0 });
  }, 120_000);

  it('never sells half a basket when shoppers take two products in opposite order', async () => {
    const received = new Map([
      ['LEFT', 10],
      ['RIGHT', 10],
    ]);
    for (const [sku, stock] of received) await shop.product({ sku, stock });
    const forwards: readonly Line[] = [
      ['LEFT', 1],
      ['RIGHT', 1],
    ];
    const backwards = forwards.toReversed();
    const baskets = Array.from({ length: FEWER }, (_, index) => (index % 2 === 0 ? forwards : backwards));
    const outcomes = await raceFor(shop, baskets);
    const sold = count(outcomes, 'confirmed');
    // Two shoppers may each take one of the last units and both go without; a unit held by nobody stays for sale.
    expect(sold).toBeLessThanOrEqual(10);
    expect(sold).toBeGreaterThan(0);
    expect(count(outcomes, 'INVENTORY.INSUFFICIENT_STOCK')).toBe(FEWER - sold);
    await booksBalance(shop, received);
    for (const sku of received.keys()) {
      expect(await shop.stock(sku)).toMatchObject({ onHand: 10, reserved: sold, available: 10 - sold });
    }
    const late = await Promise.all(Array.from({ length: 10 - sold }, () => raceFor(shop, [forwards])));
    expect(late.flat()).toEqual(late.map(() => 'confirmed'));
    await shipAll(shop);
    await booksBalance(shop, received);
    for (const sku of received.keys()) {
      expect(await shop.stock(sku)).toMatchObject({ onHand: 0, reserved: 0, available: 0 });
    }
  }, 120_000);
});

describe('a race for the last uses', () => {
  const engines = useEngines('all tests');
  let shop: Shop;
  const received = new Map([['TEA', SHOPPERS + 20]]);
  const PRICE = 1_000;
  beforeAll(async () => {
    shop = new Shop(await engines.start());
    await shop.product({ sku: 'TEA', price: PRICE, stock: SHOPPERS + 20 });
  }, 60_000);
  const staff = async (path: string, body: object | undefined, status: number) =>
    expectStatus(await shop.http.call('POST', path, { ...(body && { body }), as: 'admin' }), status).json;
  const cartsOf = (shoppers: number) => Promise.all(Array.from({ length: shoppers }, () => shop.cart(['TEA', 1])));

  it('gives a coupon of ten uses to exactly ten of a hundred shoppers', async () => {
    const then = [{ type: 'percent-off', percent: '10', of: 'order' }];
    const { promotionId } = await staff('/v1/promotions', { name: 'Ten', trigger: 'coupon', then }, 201);
    const path = `/v1/promotions/${String(promotionId)}`;
    await staff(`${path}/activation`, undefined, 200);
    await staff(`${path}/coupons`, { codes: ['TEN-26'], uses: 10 }, 201);
    const carts = await cartsOf(SHOPPERS);
    await Promise.all(carts.map((cartId) => staff(`/v1/carts/${cartId}/coupons`, { code: 'TEN-26' }, 200)));

    const orders = await checkOutAll(shop, carts);
    const outcomes = orders.map(outcomeOf);
    expect(count(outcomes, 'confirmed')).toBe(10);
    expect(count(outcomes, 'COUPON.USED_UP')).toBe(SHOPPERS - 10);
    const paid = orders.filter(({ status }) => status === 'confirmed').map(({ totals }) => totals.total.amount);
    expect(paid).toEqual(paid.map(() => PRICE * 0.9));
    await booksBalance(shop, received);
    expect(await shop.read(path, 'admin')).toMatchObject({
      used: { orders: 10, amount: [{ amount: 10 * PRICE * 0.1 }] },
    });
  }, 120_000);

  it('spends no more than a gift card has, however many orders want it at once', async () => {
    const key = 'a-gift-card-for-five-of-them';
    const body = { amount: { amount: 5 * PRICE + 1, currency: 'USD' } };
    const issued = expectStatus(await shop.http.call('POST', '/v1/gift-cards', { body, as: 'admin', key }), 201).json;
    const carts = await cartsOf(20);
    const payment = { giftCards: [String(issued['code'])] };
    const request = { body: { email: 'ada@example.com', shippingAddress: address, payment }, wait: 30 };
    const ends = await Promise.all(carts.map((cartId) => shop.checkOut(cartId, request)));
    // Who comes when five hold it is told at once what is missing; whose hold comes too late is rejected.
    const outcomes = ends.map(({ json }) => {
      const rejection = json['rejection'] as { readonly code: string } | undefined;
      return String(rejection?.code ?? json['code'] ?? json['status']);
    });
    expect(count(outcomes, 'confirmed')).toBe(5);
    expect(count(outcomes, 'GIFT_CARD.EMPTY') + count(outcomes, 'PAYMENT.TOKEN_REQUIRED')).toBe(15);
    await booksBalance(shop, received);
    const ledger = await shop.read<Ledger>(`/v1/gift-cards/by-id/${String(issued['giftCardId'])}`, 'support');
    expect(ledger).toMatchObject({ balance: { amount: 1 }, held: { amount: 5 * PRICE } });
    expect(ledger.entries.filter(({ balanceAfter }) => balanceAfter.amount < 0)).toEqual([]);
  }, 120_000);
});

interface Ledger {
  readonly entries: readonly { readonly balanceAfter: { readonly amount: number } }[];
}
