import fc from 'fast-check';
import { cardOfOrder, giftCardDecider } from '../../domain/gift-card/index.js';
import type { GiftCardCommand, GiftCardEvent } from '../../domain/gift-card/index.js';
import type { OrderEvent } from '../../domain/order/index.js';
import type { PaymentEvent } from '../../domain/payment/index.js';
import { decideAll, EventLog, fold } from '../shared/test-support/index.js';
import type { OrderDocument } from './order-document.js';
import { ordersReadModel, staffOrderView } from './orders.read-model.js';
import { order } from './test-support/placed-order.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const TOTAL = order.totals.total.amount;
const CARD = 'card-1';
const opened = (share: number): OrderEvent => ({
  type: 'order.opened.v1',
  data: { ...order, tenders: [{ giftCardId: CARD, amount: usd(share) }] },
});
const requested = (amount: number): PaymentEvent => ({
  type: 'payment.requested.v1',
  data: {
    orderId: 'o-1',
    paymentId: 'p-1',
    tender: 1,
    attempt: 1,
    amount: usd(amount),
    provider: 'sandbox',
    idempotencyKey: 'k',
    personId: 'x',
    token: 'tok_ok',
  },
});

const of = { orderId: 'o-1' };
const issue: GiftCardCommand = {
  type: 'issue-gift-card',
  giftCardId: CARD,
  amount: usd(500),
  seed: 's',
  now: '2026-11-01T00:00:00.000Z',
};
const hold = (share: number): GiftCardCommand => ({
  type: 'hold',
  ...of,
  amount: usd(share),
  expiresAt: '2026-11-05T12:15:00.000Z',
});
const amount = fc.integer({ min: 1, max: 93 }).map(usd);
const nth = fc.constantFrom('1', '2', '3');
const later: fc.Arbitrary<GiftCardCommand> = fc.oneof(
  fc.record({ type: fc.constant('capture' as const), orderId: fc.constant('o-1'), captureId: nth, amount }),
  fc.record({ type: fc.constant('refund' as const), orderId: fc.constant('o-1'), refundId: nth, amount }),
  fc.constant({ type: 'release' as const, ...of, reason: 'ORDER.CANCELLED' }),
  fc.constant({ type: 'hold' as const, orderId: 'another', amount: usd(7), expiresAt: '2026-11-05T12:15:00.000Z' }),
  fc.constant({ type: 'capture' as const, orderId: 'another', captureId: '1', amount: usd(3) }),
);

function shown(events: readonly (OrderEvent | PaymentEvent | GiftCardEvent)[]) {
  const log = new EventLog<OrderEvent | PaymentEvent | GiftCardEvent>();
  for (const event of events) log.append(`${event.type.split('.')[0]}-1`, event);
  const document: unknown = fold(ordersReadModel, log.events).get('o-1');
  return staffOrderView(document as OrderDocument);
}

describe('the gift cards of an order', () => {
  it('are shown as their streams have them, once the payment is asked for, whichever is recorded first', () => {
    const share = fc.integer({ min: 1, max: TOTAL });
    fc.assert(
      fc.property(share, fc.array(later, { maxLength: 12 }), fc.boolean(), (part, commands, early) => {
        const { state, events } = decideAll(giftCardDecider, [issue, hold(part), ...commands]);
        const [held, moved] = [events.slice(0, 2), events.slice(2)];
        const begun = early ? [...held, opened(part)] : [opened(part), ...held];
        const { held: left, captured, refunded } = cardOfOrder(state, 'o-1');
        const card = {
          kind: 'gift-card',
          giftCardId: CARD,
          authorized: usd(left + captured),
          captured: usd(captured),
          refunded: usd(refunded),
        };
        const { tenders } = shown([...begun, requested(TOTAL - part), ...moved]);
        expect(tenders[0]).toEqual(card);
        // Where the card pays all, the provider is asked for nothing and is no tender.
        expect(tenders.map(({ kind }) => kind)).toEqual(part === TOTAL ? ['gift-card'] : ['gift-card', 'provider']);
      }),
    );
  });

  it('hold nothing before, and are none of an order that came to nothing', () => {
    const events = decideAll(giftCardDecider, [issue, hold(50), { type: 'release', ...of, reason: 'no' }]).events;
    const nothing = { authorized: usd(0), captured: usd(0), refunded: usd(0) };
    expect(shown([opened(50), ...events]).tenders).toMatchObject([nothing]);
    const log = new EventLog<GiftCardEvent>();
    for (const event of events) log.append('giftcard-1', event);
    expect(fold(ordersReadModel, log.events).size).toBe(0);
  });

  it('tell of a refund that went to them alone', () => {
    const { events } = decideAll(giftCardDecider, [
      issue,
      hold(TOTAL),
      { type: 'capture', ...of, captureId: 'o-1', amount: usd(TOTAL) },
      { type: 'refund', ...of, refundId: 'r-1', amount: usd(10) },
    ]);
    const asked: OrderEvent = {
      type: 'order.refund-requested.v1',
      data: { ...of, refundId: 'r-1', amount: usd(10), lines: [], personId: 'x', reason: null },
    };
    const order = shown([opened(TOTAL), requested(0), ...events.slice(0, 3), asked, ...events.slice(3)]);
    expect(order.refunds).toMatchObject([{ refundId: 'r-1', status: 'refunded' }]);
  });
});
