import { randomUUID } from 'node:crypto';
import type { SkuQuantity } from '../../domain/shared/index.js';
import { paymentIdOf } from '../effects/aggregate-targets.js';
import { cardsBought } from '../test-support/bought-cards.js';
import { Fuse } from '../test-support/fuse.js';
import { Shop, type RunningSagas } from '../test-support/shop.js';

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(() => shop.close());

const LINES = [
  { sku: 'TEA', quantity: 2 },
  { sku: 'MUG', quantity: 1 },
];

/** Of each product, before its journey. */
const STOCK = 10;

const CARDS = { sku: 'CARD', quantity: 2 };

/** A journey's own product: the stream of one that hundreds of journeys buy would be read from its start again and again. */
const ownSku = (sku: string, orderId: string): string => `${sku}-${orderId}`;

/** What is bought, of products of the journey's own, with stock of all but cards. */
async function stocked(bought: readonly SkuQuantity[], orderId: string): Promise<SkuQuantity[]> {
  const lines = bought.map(({ sku, quantity }) => ({ sku: ownSku(sku, orderId), quantity }));
  for (const { sku } of lines) if (!sku.startsWith('CARD')) await shop.receive(sku, STOCK);
  return lines;
}

/** Everything that a journey left behind, by stream. */
async function traces(orderId: string, cards: readonly string[]): Promise<Record<string, readonly string[]>> {
  return {
    order: await shop.typesOfOrder(orderId),
    cart: await shop.typesOfCart(orderId),
    payment: await shop.typesOfPayment(orderId),
    shipment: await shop.types(`shipment-${orderId}.1`),
    tea: await shop.types(`inventory-${ownSku('TEA', orderId)}`),
    mug: await shop.types(`inventory-${ownSku('MUG', orderId)}`),
    cards: (await Promise.all(cards.map((card) => shop.types(`giftcard-${card}`)))).flat(),
    bought: (await Promise.all((await boughtWith(orderId)).map((card) => shop.types(`giftcard-${card}`)))).flat(),
    money: shop.provider.movedFor(paymentIdOf(orderId)),
  };
}

/** By the events of the cards themselves: those that the order does not know would be money for nobody. */
async function boughtWith(orderId: string): Promise<readonly string[]> {
  const cards: string[] = [];
  // Filtered by the store: the log of all journeys before is read for each of them.
  for await (const { data } of shop.store.readAll({ filter: { types: ['gift-card.issued.v1'] } })) {
    if (data['orderId'] === orderId) cards.push(String(data['giftCardId']));
  }
  return cards;
}

type Act = (orderId: string) => Promise<void>;

interface Journey {
  readonly token: string;
  readonly acts: readonly Act[];
  /** The place in the log and the index are written at every pass, not only in the end. */
  readonly flushes: boolean;
  /** Whether the store appends to several streams at once; without that the same steps are taken one after the other. */
  readonly joint?: boolean;
  /** The process takes the checkout itself, whose first steps are recorded with it. */
  readonly inline?: boolean;
  /** What is on the gift card that pays first. */
  readonly card?: number;
  /** What is bought; LINES where it is left out. */
  readonly lines?: readonly SkuQuantity[];
}

/** Before and after the place in the log is written for the last time. */
const PASSES_OF_CLOSING = 2;

/** More than the time from one flush to the next. */
const FLUSHED_MS = 300;

/** The journey in a process that loses its power after so many passes, and in a second one that goes on. */
async function journey(
  { token, acts, flushes, joint = true, inline = false, card, lines: bought = LINES }: Journey,
  limit: number,
) {
  const orderId = randomUUID();
  const lines = await stocked(bought, orderId);
  const giftCards = card === undefined ? [] : [randomUUID()];
  for (const id of giftCards) await shop.issueCard(id, card ?? 0);
  const fuse = new Fuse(limit, () => {
    if (flushes) shop.clock.advance(FLUSHED_MS);
  });
  let process: RunningSagas = await shop.start({ fuse, joint });
  const placed = shop.checkOut(lines, token, { orderId, giftCards, ...(inline ? { by: process } : {}) });
  await Promise.race([placed, fuse.whenBlown]);
  await shop.atRest(process);
  if (inline && fuse.blown) {
    // Whoever got no answer asks again.
    process = await revived(process);
    await shop.checkOut(lines, token, { by: process, orderId, giftCards, again: true });
    await shop.atRest(process);
  }
  for (const act of acts) {
    process = await revived(process);
    await act(orderId);
    await shop.atRest(process);
  }
  process = await revived(process);
  await shop.atRest(process);
  const passes = fuse.passes;
  // Power may go in the last moment: a run with other timing has fewer passes before it.
  await Promise.race([process.runner.close(), process.fuse.whenBlown]);
  await process.fuse.release();
  return { traces: await traces(orderId, giftCards), passes };
}

/** A process that is out of power is gone; another starts, and first ends what was begun. */
async function revived(process: RunningSagas): Promise<RunningSagas> {
  if (!process.fuse.blown) return process;
  await process.fuse.release();
  const next = await shop.start();
  await shop.atRest(next);
  return next;
}

const ship: Act = (orderId) => shop.order(orderId, { type: 'create-shipment', createdAt: '2026-11-02T09:00:00.000Z' });
const deliver: Act = (orderId) =>
  shop.order(orderId, {
    type: 'deliver-shipment',
    shipmentId: `${orderId}.1`,
    deliveredAt: '2026-11-02T10:00:00.000Z',
    now: '2026-11-02T10:00:00.000Z',
  });
const refund: Act = async (orderId) =>
  shop.order(orderId, {
    type: 'request-refund',
    refundId: `all of ${orderId}`,
    reason: 'broken',
    bought: await cardsBought(shop, orderId),
    ...(await shop.captured(orderId)),
  });
const cancel: Act = (orderId) => shop.order(orderId, { type: 'request-cancellation', reason: 'changed my mind' });

describe('sagas whose process is killed at any point', () => {
  // Every point of a checkout; the other journeys begin with the same one, and every third point of them, or fewer, is enough.
  it.each<[string, number, Journey]>([
    ['a checkout ends confirmed', 1, { token: 'tok_ok', acts: [], flushes: false }],
    ['a checkout whose place is kept ends confirmed', 1, { token: 'tok_ok', acts: [], flushes: true }],
    [
      'a declined checkout ends rejected, with everything let go',
      1,
      { token: 'tok_declined', acts: [], flushes: true },
    ],
    [
      'a checkout taken by the same process ends confirmed',
      1,
      { token: 'tok_ok', acts: [], flushes: true, inline: true },
    ],
    [
      'a declined checkout taken by the same process ends rejected',
      1,
      { token: 'tok_declined', acts: [], flushes: false, inline: true },
    ],
    ['a fulfilment ends completed', 3, { token: 'tok_ok', acts: [ship, deliver], flushes: false }],
    [
      'a checkout that a gift card pays in part ends confirmed',
      7,
      { token: 'tok_ok', acts: [], flushes: false, inline: true, card: 400 },
    ],
    ['a declined checkout gives its gift card back', 5, { token: 'tok_declined', acts: [], flushes: true, card: 400 }],
    ['a gift card is taken once', 13, { token: 'tok_ok', acts: [ship, deliver], flushes: false, card: 400 }],
    ['a gift card that pays all is taken once', 13, { token: 'tok_ok', acts: [ship], flushes: true, card: 9_000 }],
    ['a cancellation gives its gift card back', 13, { token: 'tok_ok', acts: [cancel], flushes: true, card: 400 }],
    ['gift cards that are bought are issued once', 5, { token: 'tok_ok', acts: [], flushes: true, lines: [CARDS] }],
    [
      'gift cards beside goods are issued once, and refunded once',
      17,
      { token: 'tok_ok', acts: [ship, refund], flushes: false, lines: [...LINES, CARDS] },
    ],
    ['a cancellation ends with stock and money let go', 3, { token: 'tok_ok', acts: [cancel], flushes: true }],
  ])(
    '%s all the same, every call of the provider effective once',
    async (_, stride, told) => {
      const unharmed = await journey(told, 1_000_000);
      expect(unharmed.passes).toBeGreaterThan(10);
      for (let limit = 1; limit <= unharmed.passes + PASSES_OF_CLOSING; limit += stride) {
        const { traces: after } = await journey(told, limit);
        expect({ limit, ...after }).toEqual({ limit, ...unharmed.traces });
      }
    },
    60_000,
  );

  it.each<[string, Journey]>([
    ['a checkout', { token: 'tok_ok', acts: [], flushes: true }],
    ['a declined checkout', { token: 'tok_declined', acts: [], flushes: false }],
  ])('%s ends the same on a store that appends to one stream at a time', async (_, told) => {
    const { traces: jointly } = await journey(told, 1_000_000);
    const unharmed = await journey({ ...told, joint: false }, 1_000_000);
    for (let limit = 1; limit <= unharmed.passes + PASSES_OF_CLOSING; limit += 1) {
      const { traces: singly } = await journey({ ...told, joint: false }, limit);
      expect({ limit, ...singly }).toEqual({ limit, ...jointly });
    }
  });
});
