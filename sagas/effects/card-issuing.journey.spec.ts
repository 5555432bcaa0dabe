import { cardSeedOf, orderAggregate } from '../../domain/order/index.js';
import { giftCardAggregate } from '../../domain/gift-card/index.js';
import { giftCardOf } from '../../infra/shared/gift-card-code.js';
import { paymentIdOf } from './aggregate-targets.js';
import { cardsBought } from '../test-support/bought-cards.js';
import { serverSecret, Shop, type RunningSagas } from '../test-support/shop.js';

// Gift cards that are bought, from the checkout to their refund, over real stores; a card and a unit of tea cost 5.00 each.

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
const CARDS = { sku: 'CARD', quantity: 2 };
const TEA = { sku: 'TEA', quantity: 1 };

async function bought(
  lines: readonly { sku: string; quantity: number }[],
  token = 'tok_ok',
  giftCards: readonly string[] = [],
) {
  const orderId = await shop.checkOut(lines, token, { giftCards });
  await shop.atRest(process);
  return orderId;
}
async function refunded(orderId: string, refundId: string, amount?: number): Promise<void> {
  const bought = await cardsBought(shop, orderId);
  const captured = await shop.captured(orderId);
  const asked = amount === undefined ? {} : { amount: usd(amount) };
  await shop.order(orderId, {
    type: 'request-refund',
    refundId: `${refundId} of ${orderId}`,
    reason: 'broken',
    bought,
    ...asked,
    ...captured,
  });
  await shop.atRest(process);
}
const idsOf = async (orderId: string) => (await cardsBought(shop, orderId)).map(({ giftCardId }) => giftCardId);
const balancesOf = async (orderId: string) => (await cardsBought(shop, orderId)).map(({ balance }) => balance);
const orderOf = (orderId: string) => shop.recorded(orderAggregate, orderId);

describe('an order of gift cards alone', () => {
  it('is captured when it is confirmed, issues a card a unit, and ends completed', async () => {
    const orderId = await bought([CARDS]);
    expect(await shop.typesOfOrder(orderId)).toEqual(['opened', 'confirmed', 'gift-cards-issued', 'completed']);
    expect(shop.provider.movedFor(paymentIdOf(orderId))).toEqual(['authorize', 'capture']);
    const ids = [1, 2].map((unit) => giftCardOf(serverSecret, cardSeedOf(orderId, { lineId: '1', unit })).giftCardId);
    expect(await idsOf(orderId)).toEqual(ids);
    expect(await shop.recorded(giftCardAggregate, ids[0] ?? '')).toMatchObject({
      card: { issued: 500, currency: 'USD', boughtWith: orderId, expiresAt: null, balance: 500 },
    });
    expect(await shop.types('inventory-CARD')).toEqual([]);
  });

  it('pays another order, also of gift cards', async () => {
    const [first] = await idsOf(await bought([CARDS]));
    if (first === undefined) throw new Error('no card was issued');
    const orderId = await bought([{ sku: 'CARD', quantity: 1 }], 'tok_ok', [first]);
    expect(await orderOf(orderId)).toMatchObject({ status: 'completed' });
    expect(await balancesOf(orderId)).toEqual([500]);
    expect(await shop.types(`giftcard-${first}`)).toEqual(['issued', 'held', 'captured']);
  });

  it('is rejected without a card where the payment is declined', async () => {
    const orderId = await bought([CARDS], 'tok_declined');
    expect(await orderOf(orderId)).toMatchObject({ status: 'rejected' });
    const { giftCardId } = giftCardOf(serverSecret, cardSeedOf(orderId, { lineId: '1', unit: 1 }));
    expect(await shop.types(`giftcard-${giftCardId}`)).toEqual([]);
  });

  it('that costs nothing issues nothing, and is completed', async () => {
    const orderId = await bought([{ sku: 'GIFT-CARD', quantity: 1 }]);
    expect(await orderOf(orderId)).toMatchObject({ status: 'completed', giftCards: [] });
  });
});

describe('an order of goods and gift cards', () => {
  it('issues its cards when the goods have shipped and the money is taken', async () => {
    const orderId = await bought([TEA, CARDS]);
    expect([await orderOf(orderId), await idsOf(orderId)]).toMatchObject([{ status: 'confirmed' }, []]);
    await shop.order(orderId, { type: 'create-shipment', createdAt: at });
    await shop.atRest(process);
    expect(await orderOf(orderId)).toMatchObject({ status: 'shipped' });
    expect(await balancesOf(orderId)).toEqual([500, 500]);
    await shop.order(orderId, { type: 'deliver-shipment', shipmentId: `${orderId}.1`, deliveredAt: at, now: at });
    await shop.atRest(process);
    expect(await orderOf(orderId)).toMatchObject({ status: 'completed' });
  });

  it('issues none where it is cancelled before', async () => {
    const orderId = await bought([TEA, CARDS]);
    await shop.order(orderId, { type: 'request-cancellation', reason: 'changed my mind' });
    await shop.atRest(process);
    expect(await orderOf(orderId)).toMatchObject({ status: 'cancelled' });
    expect(await shop.typesOfOrder(orderId)).not.toContain('gift-cards-issued');
    expect(await shop.types('inventory-CARD')).toEqual([]);
  });
});

describe('a refund of gift cards that were bought', () => {
  it('takes them off before the money goes back', async () => {
    const orderId = await bought([CARDS]);
    await refunded(orderId, 'r1', 300);
    expect(await balancesOf(orderId)).toEqual([200, 500]);
    await refunded(orderId, 'r2');
    expect(await balancesOf(orderId)).toEqual([0, 0]);
    expect(shop.provider.movedFor(paymentIdOf(orderId))).toEqual(['authorize', 'capture', 'refund', 'refund']);
    await expect(refunded(orderId, 'r3', 1)).rejects.toThrow('PAYMENT.REFUND_EXCEEDS_CAPTURED');
  });

  it('is refused where they are spent', async () => {
    const orderId = await bought([CARDS]);
    await bought([TEA], 'tok_ok', (await idsOf(orderId)).slice(0, 1));
    await expect(refunded(orderId, 'r1')).rejects.toThrow('GIFT_CARD.SPENT');
    await refunded(orderId, 'r2', 500);
    expect(await balancesOf(orderId)).toEqual([0, 0]);
  });

  it('gives no money back where a card is spent before it is taken off, and touches no other', async () => {
    const orderId = await bought([CARDS]);
    const facts = await cardsBought(shop, orderId);
    await bought([TEA], 'tok_ok', (await idsOf(orderId)).slice(0, 1));
    const captured = await shop.captured(orderId);
    const refund = { type: 'request-refund', refundId: `late of ${orderId}`, reason: 'broken' } as const;
    await shop.order(orderId, { ...refund, bought: facts, ...captured });
    await shop.atRest(process);
    expect(await balancesOf(orderId)).toEqual([0, 500]);
    expect(shop.provider.movedFor(paymentIdOf(orderId))).toEqual(['authorize', 'capture']);
    expect(await orderOf(orderId)).toMatchObject({
      refunded: 0,
      attention: [{ code: 'PAYMENT.REFUND_FAILED', refundId: `late of ${orderId}` }],
    });
  });
});
