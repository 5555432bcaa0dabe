import { booksBalance, Shop, useEngines, type Line } from '../test-support/index.js';

const SHOPPERS = 100;

/** What became of each shopper: a status, or why the order was rejected. */
async function raceFor(shop: Shop, baskets: readonly (readonly Line[])[]): Promise<readonly string[]> {
  const carts = await Promise.all(baskets.map((lines) => shop.cart(...lines)));
  // All carts are full before the first one is checked out: the race is for stock alone.
  const placed = await Promise.all(carts.map((cartId) => shop.checkOut(cartId)));
  expect(placed.map(({ status }) => status)).toEqual(carts.map(() => 202));
  const orders = await Promise.all(placed.map(({ json }) => shop.ended(String(json['orderId']), 60)));
  return orders.map(({ status, rejection }) => rejection?.code ?? status);
}

const count = (outcomes: readonly string[], outcome: string): number =>
  outcomes.filter((one) => one === outcome).length;

async function shipAll(shop: Shop): Promise<void> {
  const orders = await shop.orders();
  const confirmed = orders.filter(({ status }) => status === 'confirmed');
  await Promise.all(confirmed.map(({ orderId }) => shop.ship(orderId)));
}

describe('a race for the last units', () => {
  const engines = useEngines();
  let shop: Shop;
  beforeEach(async () => {
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
    const baskets = Array.from({ length: SHOPPERS }, (_, index) => (index % 2 === 0 ? forwards : backwards));
    const outcomes = await raceFor(shop, baskets);
    const sold = count(outcomes, 'confirmed');
    // Two shoppers may each take one of the last units and both go without; a unit held by nobody stays for sale.
    expect(sold).toBeLessThanOrEqual(10);
    expect(sold).toBeGreaterThan(0);
    expect(count(outcomes, 'INVENTORY.INSUFFICIENT_STOCK')).toBe(SHOPPERS - sold);
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
