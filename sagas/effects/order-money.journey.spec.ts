import { orderAggregate } from '../../domain/order/index.js';
import { cardOfOrder, giftCardAggregate } from '../../domain/gift-card/index.js';
import { paymentAggregate, paymentView } from '../../domain/payment/index.js';
import { Shop, type RunningSagas } from '../test-support/shop.js';
import { paymentIdOf } from './aggregate-targets.js';

// Orders that gift cards pay, from the checkout to the last refund, over real stores; a unit of tea costs 5.00.

let shop: Shop;
let process: RunningSagas;
beforeAll(async () => {
  shop = await Shop.open();
  process = await shop.start();
  await shop.receive('TEA', 100);
});
afterAll(async () => {
  await process.runner.close();
  await shop.close();
});

const at = '2026-11-02T10:00:00.000Z';
const usd = (amount: number) => ({ amount, currency: 'USD' });
let cards = 0;
async function card(amount: number): Promise<string> {
  const id = `card-${++cards}`;
  await shop.issueCard(id, amount);
  return id;
}
async function bought(quantity: number, giftCards: readonly string[], token: string | null = 'tok_ok') {
  const orderId = await shop.checkOut([{ sku: 'TEA', quantity }], token, { giftCards });
  await shop.atRest(process);
  return orderId;
}
async function shipped(orderId: string, quantity: number): Promise<void> {
  await shop.order(orderId, { type: 'create-shipment', createdAt: at, lines: [{ sku: 'TEA', quantity }] });
  await shop.atRest(process);
}
async function cancelled(orderId: string): Promise<void> {
  await shop.order(orderId, { type: 'request-cancellation', reason: 'changed my mind' });
  await shop.atRest(process);
}
const statusOf = async (orderId: string) => (await shop.recorded(orderAggregate, orderId)).status;
const paymentOf = async (orderId: string) => paymentView(await shop.recorded(paymentAggregate, paymentIdOf(orderId)));
const cardIn = async (orderId: string, id: string) => cardOfOrder(await shop.recorded(giftCardAggregate, id), orderId);
async function balanceOf(id: string) {
  const { card: found } = await shop.recorded(giftCardAggregate, id);
  return { balance: found?.balance, held: found?.held };
}

/** What the order holds, took and gave back: of each card, then of the payment. */
async function moneyOf(orderId: string, ...ids: readonly string[]) {
  const payment = await paymentOf(orderId);
  if (payment === null) throw new Error('no payment');
  const { authorized, captured, refunded: back } = payment;
  const ofCards = await Promise.all(ids.map((id) => cardIn(orderId, id)));
  const rows = ofCards.map((one) => [one.held + one.captured, one.captured, one.refunded]);
  return [...rows, [authorized.amount, captured.amount, back.amount]];
}
async function refunded(orderId: string, refundId: string, amount?: number): Promise<void> {
  await shop.order(orderId, {
    type: 'request-refund',
    refundId: `${refundId} of ${orderId}`,
    ...(amount === undefined ? {} : { amount: usd(amount) }),
    ...(await shop.captured(orderId)),
    reason: 'broken',
  });
  await shop.atRest(process);
}
const askedOfProvider = (orderId: string) => shop.provider.movedFor(paymentIdOf(orderId));

describe('an order that gift cards pay wholly', () => {
  it('lives from its checkout to its completion and refund, and nobody is asked for money', async () => {
    const [a, b] = [await card(700), await card(900)];
    const orderId = await bought(3, [a, b], null);
    expect(await statusOf(orderId)).toBe('confirmed');
    expect(await moneyOf(orderId, a, b)).toEqual([
      [700, 0, 0],
      [800, 0, 0],
      [0, 0, 0],
    ]);
    await shipped(orderId, 3);
    expect(await moneyOf(orderId, a, b)).toEqual([
      [700, 700, 0],
      [800, 800, 0],
      [0, 0, 0],
    ]);
    await shop.order(orderId, { type: 'deliver-shipment', shipmentId: `${orderId}.1`, deliveredAt: at, now: at });
    await shop.atRest(process);
    expect(await statusOf(orderId)).toBe('completed');
    await refunded(orderId, 'r1', 1_000);
    expect(await moneyOf(orderId, a, b)).toEqual([
      [700, 700, 200],
      [800, 800, 800],
      [0, 0, 0],
    ]);
    expect([await balanceOf(a), await balanceOf(b)]).toEqual([
      { balance: 200, held: 0 },
      { balance: 900, held: 0 },
    ]);
    expect(askedOfProvider(orderId)).toEqual([]);
  });

  it('gives them back when it is cancelled', async () => {
    const a = await card(500);
    const orderId = await bought(1, [a], null);
    await cancelled(orderId);
    expect([await statusOf(orderId), await balanceOf(a)]).toEqual(['cancelled', { balance: 500, held: 0 }]);
  });
});

describe('an order that gift cards pay a part of', () => {
  it('takes the cards first, and gives back to the provider first', async () => {
    const [a, b] = [await card(300), await card(400)];
    const orderId = await bought(2, [a, b]);
    expect(await moneyOf(orderId, a, b)).toEqual([
      [300, 0, 0],
      [400, 0, 0],
      [300, 0, 0],
    ]);
    await shipped(orderId, 2);
    expect(await moneyOf(orderId, a, b)).toEqual([
      [300, 300, 0],
      [400, 400, 0],
      [300, 300, 0],
    ]);
    await refunded(orderId, 'r1', 200);
    await refunded(orderId, 'r2', 450);
    expect(await moneyOf(orderId, a, b)).toEqual([
      [300, 300, 0],
      [400, 400, 350],
      [300, 300, 300],
    ]);
    await refunded(orderId, 'r3');
    expect(await moneyOf(orderId, a, b)).toEqual([
      [300, 300, 300],
      [400, 400, 400],
      [300, 300, 300],
    ]);
    expect(askedOfProvider(orderId)).toEqual(['authorize', 'capture', 'refund', 'refund']);
  });

  it.each([
    [
      'all of the cards and a part of the rest',
      2,
      [300, 400],
      [
        [300, 300, 0],
        [400, 400, 0],
        [300, 300, 0],
      ],
    ],
    [
      'a part of the last card and nothing of the rest',
      1,
      [300, 400],
      [
        [300, 300, 0],
        [200, 200, 0],
        [0, 0, 0],
      ],
    ],
    [
      'a part of the first card and nothing else',
      1,
      [900, 400],
      [
        [500, 500, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
    ],
  ] as const)('takes %s where only so much has shipped', async (_what, quantity, [first, second], expected) => {
    const [a, b] = [await card(first), await card(second)];
    const orderId = await bought(4, [a, b]);
    await shipped(orderId, quantity);
    await cancelled(orderId);
    expect(await moneyOf(orderId, a, b)).toEqual(expected);
    const [took = 0, tookToo = 0] = expected.map(([, captured]) => captured);
    expect([await balanceOf(a), await balanceOf(b)]).toEqual([
      { balance: first - took, held: 0 },
      { balance: second - tookToo, held: 0 },
    ]);
    expect(await statusOf(orderId)).toBe('shipped');
  });

  it('gives nothing back to a card where the provider does not give back its part', async () => {
    const a = await card(300);
    const orderId = await bought(1, [a], 'tok_no_refund');
    await shipped(orderId, 1);
    await refunded(orderId, 'r1');
    expect(await shop.typesOfOrder(orderId)).toContain('refund-failed');
    expect(await moneyOf(orderId, a)).toEqual([
      [300, 300, 0],
      [200, 200, 0],
    ]);
    expect(await balanceOf(a)).toEqual({ balance: 0, held: 0 });
  });

  it('is rejected where the rest is refused, and the cards are as they were', async () => {
    const a = await card(300);
    const orderId = await bought(1, [a], 'tok_declined');
    expect([await statusOf(orderId), await balanceOf(a)]).toEqual(['rejected', { balance: 300, held: 0 }]);
    expect(await shop.typesOfCart(orderId)).toContain('reopened');
  });
});

describe('a gift card that many orders want', () => {
  it('pays no more of them than it has, and the others open their carts again', async () => {
    const a = await card(1_100);
    const running = await shop.start();
    await process.runner.close();
    process = running;
    const orders = await Promise.all(
      Array.from({ length: 5 }, () => shop.checkOut([{ sku: 'TEA', quantity: 1 }], null, { giftCards: [a] })),
    );
    await shop.atRest(process);
    const ends = await Promise.all(orders.map(statusOf));
    expect(ends.filter((status) => status === 'confirmed')).toHaveLength(2);
    expect(ends.filter((status) => status === 'rejected')).toHaveLength(3);
    expect(await balanceOf(a)).toEqual({ balance: 100, held: 1_000 });
    for (const [index, orderId] of orders.entries()) {
      if (ends[index] !== 'rejected') continue;
      const rejected = (await shop.events(`order-${orderId}`)).at(-1);
      expect(rejected?.data).toMatchObject({ code: 'GIFT_CARD.EMPTY' });
      expect(await shop.typesOfCart(orderId)).toContain('reopened');
    }
  });
});

describe('a command on the money of an order', () => {
  it('that is carried out again moves no money twice', async () => {
    const a = await card(300);
    const twice = await shop.start({
      around: (dispatch) => async (command, context) => {
        await dispatch(command, context);
        return dispatch(command, context);
      },
    });
    await process.runner.close();
    process = twice;
    const orderId = await bought(1, [a]);
    await shipped(orderId, 1);
    await refunded(orderId, 'r1', 400);
    expect(await moneyOf(orderId, a)).toEqual([
      [300, 300, 200],
      [200, 200, 200],
    ]);
    expect(await balanceOf(a)).toEqual({ balance: 200, held: 0 });
  });
});
