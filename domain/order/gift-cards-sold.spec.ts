import fc from 'fast-check';
import { given } from '../shared/test-support/index.js';
import { untaxedLine, untaxedShipping, untaxedTotals } from '../shared/test-support/index.js';
import { orderDecider } from './index.js';
import type { Money } from '../shared/index.js';
import type {
  BoughtCard,
  IssuedCard,
  OrderEvent,
  OrderOpened,
  OrderRefundRequested,
  OrderState,
  RequestRefund,
  SoldLine,
} from './index.js';
import {
  cancelled,
  completed,
  confirmed,
  createdAt,
  delivered,
  opened,
  refundFailed,
  shipped,
  soldPots,
  soldTea,
  usd,
} from './test-support/an-order.js';
import { commands, deliver, failRefund, refund, ship } from './test-support/commands.js';

const CARD = untaxedLine('CARD', { price: usd(2_500), quantity: 2 }, { categories: ['Gifts'], kind: 'gift-card' });

const openedWith = (data: Partial<OrderOpened['data']>): OrderOpened => ({
  type: 'order.opened.v1',
  data: { ...opened.data, ...data },
});
/** 93.00 of goods and shipping, and two cards of 25.00. */
const mixed = openedWith({
  lines: [...opened.data.lines, CARD],
  totals: { ...opened.data.totals, total: usd(14_300) },
});
const alone = openedWith({ lines: [CARD], shipping: untaxedShipping(usd(0)), totals: untaxedTotals(usd(5_000)) });

const soldCards: SoldLine = {
  lineId: 'CARD',
  sku: 'CARD',
  quantity: 2,
  revenue: usd(0),
  category: 'Gifts',
  kind: 'gift-card',
};
const soldWithCards: OrderEvent = { type: 'order.confirmed.v1', data: { orderId: 'o1', lines: [soldCards] } };
const cards: readonly IssuedCard[] = [1, 2].map((unit) => ({
  giftCardId: `g${unit}`,
  lineId: 'CARD',
  unit,
  amount: usd(2_500),
}));
const recordCards = { type: 'record-issued-cards', cards } as const;
const issued: OrderEvent = { type: 'order.gift-cards-issued.v1', data: { orderId: 'o1', cards } };

const order = given(orderDecider);
const ofCards = order.events(alone, soldWithCards);
const ofBoth = order.events(mixed, confirmed);

describe('an order of gift cards alone', () => {
  it('is no revenue', () => {
    expect(order.events(alone).when(commands.confirm).accepted()).toMatchObject([soldWithCards]);
  });

  it('is completed once its cards are issued, each once', () => {
    ofCards.when(commands.complete).refused('ORDER.NOT_DELIVERED', { status: 'confirmed' });
    ofCards.when(recordCards).thenOnce(issued);
    ofCards.events(issued).when(commands.complete).thenOnce(completed);
  });

  it('has nothing to ship', () => {
    ofCards.when(commands.shipAll).refused('ORDER.SHIPMENT_EMPTY');
    ofCards.when(ship({ CARD: 1 })).refused('ORDER.SHIPMENT_EXCEEDS_OPEN', { sku: 'CARD', open: 0, requested: 1 });
  });

  it('can be cancelled before it is confirmed, and no more', () => {
    order.events(alone).when(commands.requestCancellation).accepted();
    for (const events of [[], [issued], [issued, completed]])
      ofCards
        .events(...events)
        .when(commands.requestCancellation)
        .refused('ORDER.NOT_CANCELLABLE');
  });
});

describe('an order of goods and gift cards', () => {
  it('ships the goods, and is delivered with the last of them', () => {
    const sold = [...confirmed.data.lines, soldCards];
    expect(order.events(mixed).when(commands.confirm).accepted()).toMatchObject([{ data: { lines: sold } }]);
    ofBoth.when(commands.shipAll).then(shipped(1, { TEA: 3, POT: 2 }, true));
    const sent = ofBoth.events(shipped(1, { TEA: 3, POT: 2 }, true));
    sent.when(recordCards).thenOnce(issued);
    sent.when(deliver(1)).then(delivered(1, true));
    sent.events(issued, delivered(1, true)).when(commands.complete).then(completed);
  });

  it('is not completed before the goods are delivered, whatever is issued', () => {
    ofBoth.events(issued).when(commands.complete).refused('ORDER.NOT_DELIVERED');
  });

  it('is cancelled with its cards, also where a part has shipped', () => {
    const asked = (event: OrderEvent | undefined) =>
      event?.type === 'order.cancellation-requested.v1'
        ? [event.data.lines.map(({ sku, quantity }) => [sku, quantity]), event.data.remaining.amount]
        : null;
    const [whole] = ofBoth.when(commands.requestCancellation).accepted();
    const every = [
      ['TEA', 3],
      ['POT', 2],
      ['CARD', 2],
    ];
    expect(asked(whole)).toEqual([every, 0]);
    const part = ofBoth.events(shipped(1, { TEA: 3, POT: 1 }));
    const [open] = part.when(commands.requestCancellation).accepted();
    expect(asked(open)).toEqual([every.slice(1).map(([sku, n]) => [sku, sku === 'POT' ? 1 : n]), 6_550]);
    if (whole === undefined || open === undefined) throw new Error('no cancellation');
    ofBoth
      .events(whole)
      .when(commands.cancel)
      .then(cancelled(true, soldTea(3), soldPots(2), soldCards));
    part.events(open).when(recordCards).refused('ORDER.CANCELLATION_REQUESTED');
  });
});

const onCard = (balance: number, reclaimed = 0) => ({ balance, reclaimed });
const bought = (...balances: readonly Omit<BoughtCard, 'giftCardId'>[]): readonly BoughtCard[] =>
  balances.map((card, index) => ({ giftCardId: `g${index + 1}`, ...card }));
const refundOf = (amount: number | undefined, captured: number, on: RequestRefund['bought']): RequestRefund => ({
  ...refund('r1', amount, captured),
  ...(on && { bought: on }),
});

/** What is taken off which card, and what is given back of which line. */
function spread(events: readonly OrderEvent[], command: RequestRefund) {
  const [event] = order
    .events(...events)
    .when(command)
    .accepted();
  if (event?.type !== 'order.refund-requested.v1') throw new Error('no refund was asked for');
  const { reclaims = [], lines } = event.data;
  return {
    cards: Object.fromEntries(reclaims.map(({ giftCardId, amount }) => [giftCardId, amount.amount])),
    lines: Object.fromEntries(lines.map(({ sku, gross, tax }) => [sku, [gross.amount, tax.amount]])),
  };
}

describe('a refund of gift cards that were bought', () => {
  const events = [alone, soldWithCards, issued, completed];
  const full = bought(onCard(2_500), onCard(2_500));

  it('takes its amount off them, the fullest first', () => {
    expect(spread(events, refundOf(undefined, 5_000, full))).toEqual({
      cards: { g1: 2_500, g2: 2_500 },
      lines: { CARD: [5_000, 0] },
    });
    const touched = bought(onCard(1_000), onCard(2_500));
    expect(spread(events, refundOf(2_500, 5_000, touched)).cards).toEqual({ g2: 2_500 });
    expect(spread(events, refundOf(3_000, 5_000, touched)).cards).toEqual({ g2: 2_500, g1: 500 });
  });

  it('is refused where less is left on them, and says what can be given back', () => {
    const asked = (amount: number | undefined, on: RequestRefund['bought']) =>
      order.events(...events).when(refundOf(amount, 5_000, on));
    asked(3_501, bought(onCard(1_000), onCard(2_500))).refused('GIFT_CARD.SPENT', { refundable: usd(3_500) });
    asked(undefined, bought(onCard(0), onCard(0))).refused('GIFT_CARD.SPENT', { refundable: usd(0) });
    asked(1, undefined).refused('GIFT_CARD.SPENT', { refundable: usd(0) });
    // What staff puts on a card later is no part of its price.
    asked(undefined, bought(onCard(0), onCard(9_000))).refused('GIFT_CARD.SPENT', { refundable: usd(2_500) });
    order
      .events(alone, soldWithCards)
      .when(refundOf(1, 5_000, full))
      .refused('GIFT_CARD.NOT_ISSUED', { refundable: usd(0) });
  });

  it('counts what earlier refunds take off them, whether the cards know of it yet or not', () => {
    const first = order
      .events(...events)
      .when(refundOf(2_500, 5_000, full))
      .accepted();
    const later = { ...refundOf(undefined, 5_000, full), refundId: 'r2' };
    const known = { ...later, bought: bought(onCard(0, 2_500), onCard(2_500)) };
    for (const command of [later, known]) expect(spread([...events, ...first], command).cards).toEqual({ g2: 2_500 });
    const failed = [...first, refundFailed('r1', 2_500)];
    expect(spread([...events, ...failed], later).cards).toEqual({ g1: 2_500, g2: 2_500 });
  });

  it('that failed is asked for again as it was', () => {
    const first = order
      .events(...events)
      .when(refundOf(2_500, 5_000, full))
      .accepted();
    const failed = order
      .events(...events, ...first)
      .when({ ...failRefund('r1'), code: 'GIFT_CARD.SPENT' })
      .accepted();
    expect(failed[1]?.data).toMatchObject({ detail: expect.stringContaining('The gift card was spent') });
    const again = order
      .events(...events, ...first, ...failed)
      .when({ type: 'retry-payment', captured: usd(5_000) })
      .accepted();
    expect(again[0]?.data).toMatchObject({ refundId: 'r1', reclaims: [{ giftCardId: 'g1', amount: usd(2_500) }] });
  });
});

describe('a refund of goods and gift cards', () => {
  const events: readonly OrderEvent[] = [mixed, confirmed, shipped(1, { TEA: 3, POT: 2 }, true), issued];
  const full = bought(onCard(2_500), onCard(2_500));

  it('is of the goods and shipping as far as they go, and of cards beyond them', () => {
    const goods = spread(events, refundOf(9_300, 14_300, bought(onCard(0), onCard(0))));
    expect(goods).toEqual({ cards: {}, lines: { TEA: [3_300, 300], POT: [5_500, 500] } });
    const beyond = spread(events, refundOf(9_400, 14_300, full));
    expect(beyond).toMatchObject({ cards: { g1: 100 }, lines: { CARD: [100, 0] } });
    order
      .events(...events)
      .when(refundOf(undefined, 14_300, bought(onCard(0), onCard(1_000))))
      .refused('GIFT_CARD.SPENT', { refundable: usd(10_300) });
  });

  it('needs no card where the cards were cancelled', () => {
    const part = [mixed, confirmed, shipped(1, { TEA: 3 })];
    const [asked] = order
      .events(...part)
      .when(commands.requestCancellation)
      .accepted();
    if (asked === undefined) throw new Error('no cancellation');
    const kept = [...part, asked, cancelled(false, soldPots(2), soldCards)];
    expect(spread(kept, refundOf(undefined, 3_800, undefined))).toEqual({ cards: {}, lines: { TEA: [3_300, 300] } });
  });

  it('never gives back what is not there: of goods, or of a card', () => {
    const step = fc.record({
      amount: fc.integer({ min: 1, max: 6_000 }),
      spent: fc.tuple(fc.nat(1_000), fc.nat(1_000)),
      fails: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), (steps) => {
        let state: OrderState = events.reduce(orderDecider.evolve, orderDecider.initialState());
        const on = new Map(cards.map(({ giftCardId }) => [giftCardId, { balance: 2_500, reclaimed: 0 }]));
        let back = 0;
        steps.forEach(({ amount, spent, fails }, n) => {
          spend([...on.values()], spent);
          const facts = [...on].map(([giftCardId, card]) => ({ giftCardId, ...card }));
          const asked = requestedBy({ ...refundOf(amount, 14_300, facts), refundId: `r${n}` }, state);
          if (asked === null) return;
          const all = fails ? [asked, refundFailed(`r${n}`, amount)] : [asked];
          state = all.reduce<OrderState>(orderDecider.evolve, state);
          if (fails) return;
          back += amount;
          takeOff(on, asked);
        });
        const reclaimed = [...on.values()].reduce((sum, card) => sum + card.reclaimed, 0);
        expect(back - reclaimed).toBeLessThanOrEqual(9_300);
      }),
    );
  });
});

type OnCard = ReturnType<typeof onCard>;

function spend(on: readonly OnCard[], amounts: readonly number[]): void {
  for (const [index, card] of on.entries()) card.balance -= Math.min(card.balance, amounts[index] ?? 0);
}

/** The request, whose parts add up; null where it is refused. */
function requestedBy(command: RequestRefund, state: OrderState): OrderRefundRequested | null {
  const decision = orderDecider.decide(command, state);
  if (!decision.accepted) return null;
  const [event] = decision.events;
  if (event?.type !== 'order.refund-requested.v1') throw new Error('no refund was asked for');
  const { lines, shipping, reclaims = [], amount } = event.data;
  const sum = (parts: readonly (Money | undefined)[]) => parts.reduce((all, part) => all + (part?.amount ?? 0), 0);
  const ofCards = lines.filter(({ sku }) => sku === 'CARD');
  expect(sum([...lines.map(({ gross }) => gross), shipping?.gross])).toBe(amount.amount);
  expect(sum(reclaims.map((one) => one.amount))).toBe(sum(ofCards.map(({ gross }) => gross)));
  return event;
}

function takeOff(on: ReadonlyMap<string, OnCard>, { data: { reclaims = [] } }: OrderRefundRequested): void {
  for (const { giftCardId, amount } of reclaims) {
    const card = on.get(giftCardId) ?? onCard(0);
    card.balance -= amount.amount;
    card.reclaimed += amount.amount;
    expect(card.balance).toBeGreaterThanOrEqual(0);
    expect(card.reclaimed).toBeLessThanOrEqual(2_500);
  }
}

describe('a shipment of an order with gift cards', () => {
  it('has no card in it', () => {
    ofBoth
      .when({ type: 'create-shipment', createdAt, lines: [{ sku: 'CARD', quantity: 1 }] })
      .refused('ORDER.SHIPMENT_EXCEEDS_OPEN');
    ofBoth
      .events(shipped(1, { TEA: 3 }))
      .when(commands.shipAll)
      .then(shipped(2, { POT: 2 }, true));
  });
});
