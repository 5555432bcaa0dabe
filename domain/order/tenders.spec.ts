import fc from 'fast-check';
import { given } from '../shared/test-support/index.js';
import { orderDecider } from './index.js';
import type { GiftCardShare } from '../shared/index.js';
import type { OrderCommand, OrderEvent, OrderState, RequestRefund } from './index.js';
import { confirmed, opened, refundFailed, refundFlag, shipped } from './test-support/an-order.js';
import { refund } from './test-support/commands.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const share = (giftCardId: string, amount: number): GiftCardShare => ({ giftCardId, amount: usd(amount) });
const order = given(orderDecider).events(opened, confirmed, shipped(1, { TEA: 3, POT: 2 }, true));

/** The provider took 43.00, the cards 20.00 and 30.00. */
const cards = [share('a', 2_000), share('b', 3_000)];
const asked = (id: string, amount?: number): RequestRefund => ({
  ...refund(id, amount, 4_300),
  capturedOfCards: cards,
});

function toCards(events: readonly OrderEvent[], command: OrderCommand) {
  const [event] = order
    .events(...events)
    .when(command)
    .accepted();
  if (event?.type !== 'order.refund-requested.v1') throw new Error('no refund was asked for');
  return event.data.tenders;
}
const refundedOnce = (events: readonly OrderEvent[], command: OrderCommand): readonly OrderEvent[] => [
  ...events,
  ...order
    .events(...events)
    .when(command)
    .accepted(),
];

describe('a refund of an order that gift cards pay', () => {
  it('goes to the provider first, then to the cards, the last held first', () => {
    expect(toCards([], asked('r1', 4_300))).toBeUndefined();
    expect(toCards([], asked('r1', 4_301))).toEqual([share('b', 1)]);
    expect(toCards([], asked('r1', 7_301))).toEqual([share('b', 3_000), share('a', 1)]);
    expect(toCards([], asked('r1'))).toEqual([share('b', 3_000), share('a', 2_000)]);
  });

  it('goes on where the one before it ended', () => {
    const first = refundedOnce([], asked('r1', 4_000));
    expect(toCards(first, asked('r2', 1_300))).toEqual([share('b', 1_000)]);
    const second = refundedOnce(first, asked('r2', 1_300));
    expect(toCards(second, asked('r3'))).toEqual([share('b', 2_000), share('a', 2_000)]);
    order
      .events(...second)
      .when(asked('r3', 4_001))
      .refused('PAYMENT.REFUND_EXCEEDS_CAPTURED', { refundable: usd(4_000) });
  });

  it('that failed is free again, and goes where there is money when it is tried again', () => {
    const first = refundedOnce([], asked('r1', 4_300));
    const failed = [...first, refundFailed('r1', 4_300), refundFlag('r1')];
    expect(toCards(failed, asked('r2', 100))).toBeUndefined();
    const other = refundedOnce(failed, asked('r2', 4_000));
    const again: OrderCommand = { type: 'retry-payment', captured: usd(4_300), capturedOfCards: cards };
    expect(toCards(other, again)).toEqual([share('b', 3_000), share('a', 1_000)]);
  });

  it('never gives a tender back more than was taken of it', () => {
    const step = fc.record({ amount: fc.integer({ min: 1, max: 5_000 }), fails: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let events: readonly OrderEvent[] = [opened, confirmed, shipped(1, { TEA: 3, POT: 2 }, true)];
        let state: OrderState = events.reduce(orderDecider.evolve, orderDecider.initialState());
        const back = new Map<string, number>();
        steps.forEach(({ amount, fails }, n) => {
          const decision = orderDecider.decide(asked(`r${n}`, amount), state);
          if (!decision.accepted) return;
          events = fails ? [...decision.events, refundFailed(`r${n}`, amount)] : decision.events;
          state = events.reduce(orderDecider.evolve, state);
          const [event] = decision.events;
          if (fails || event?.type !== 'order.refund-requested.v1') return;
          let rest = amount;
          for (const one of event.data.tenders ?? []) {
            back.set(one.giftCardId, (back.get(one.giftCardId) ?? 0) + one.amount.amount);
            rest -= one.amount.amount;
          }
          back.set('provider', (back.get('provider') ?? 0) + rest);
        });
        expect(back.get('provider') ?? 0).toBeLessThanOrEqual(4_300);
        expect(back.get('a') ?? 0).toBeLessThanOrEqual(2_000);
        expect(back.get('b') ?? 0).toBeLessThanOrEqual(3_000);
        if ((back.get('a') ?? 0) > 0) expect([back.get('provider'), back.get('b')]).toEqual([4_300, 3_000]);
      }),
    );
  });
});
