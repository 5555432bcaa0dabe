import { Driven, event, no, YES } from '../test-support/drive.js';
import { refundSaga, type RefundState } from './refund.js';

const ORDER = '6f1a3c52-5a0e-4c7b-9c55-1f4e0f0d2b11';
const requested = event('order.refund-requested.v1', {
  orderId: ORDER,
  refundId: 'r-1',
  amount: { amount: 300, currency: 'USD' },
  reason: 'broken',
});
const begun = () => new Driven<RefundState>(refundSaga).happens(requested);

describe('refund', () => {
  it('asks the provider once, and ends when the money is back', () => {
    const saga = begun().happens(requested);
    expect(saga.sent).toHaveLength(1);
    expect(saga.sent[0]?.command).toEqual({
      type: 'refund',
      orderId: '6f1a3c52-5a0e-4c7b-9c55-1f4e0f0d2b11',
      refundId: 'r-1',
      amount: { amount: 300, currency: 'USD' },
    });
    expect(saga.answered(YES, 'refund').done).toBe(true);
  });

  it('tells the order why the provider refused, and waits for a person', () => {
    const saga = begun().answered(no('PAYMENT.REFUND_REFUSED'), 'refund');
    expect(saga.sent[1]).toMatchObject({
      target: 'order',
      id: ORDER,
      command: { type: 'fail-refund', refundId: 'r-1', code: 'PAYMENT.REFUND_REFUSED' },
    });
    expect(saga.answered(no('LATE'), 'refund').sent).toHaveLength(2);
    expect(saga.answered(YES, 'fail-refund').done).toBe(false);
    expect(saga.answered(YES, 'refund').sent).toHaveLength(2);
  });

  const failed = () => begun().answered(no('PAYMENT.REFUND_REFUSED'), 'refund');

  it.each([
    ['once the order knows of the refusal', failed().answered(YES, 'fail-refund')],
    ['before it hears that the order does', failed()],
  ])('asks anew when a person says so, %s, and then withdraws the flag', (_when, saga) => {
    saga.happens(requested);
    expect(saga.keys).toEqual(['refund', 'fail-refund', 'refund']);
    saga.answered(YES, 'fail-refund').answered(YES, 'refund');
    expect(saga.sent.at(-1)).toMatchObject({
      target: 'order',
      command: { type: 'resolve-attention', code: 'PAYMENT.REFUND_FAILED', refundId: 'r-1' },
    });
    expect(saga.answered(YES, 'withdraw-flag').done).toBe(true);
  });

  const share = (giftCardId: string, amount: number) => ({ giftCardId, amount: { amount, currency: 'USD' } });
  const ofCards = event('order.refund-requested.v1', {
    ...requested.data,
    tenders: [share('paid', 100)],
    reclaims: [share('a', 200), share('b', 100)],
  });
  const reclaiming = () => new Driven<RefundState>(refundSaga).happens(ofCards);
  const RECLAIMS = ['reclaim:a', 'reclaim:b'];

  it('of gift cards takes them off before any money goes back', () => {
    const saga = reclaiming().happens(ofCards);
    expect(saga.keys).toEqual(RECLAIMS);
    const reclaim = { type: 'reclaim', orderId: ORDER, refundId: 'r-1', reclaimId: ofCards.id };
    expect(saga.sent[0]).toMatchObject({
      target: 'giftcard',
      id: 'a',
      command: { ...reclaim, amount: share('a', 200).amount },
    });
    expect(saga.answered(YES, 'reclaim:a', 'reclaim:a').keys).toEqual(RECLAIMS);
    saga.answered(YES, 'reclaim:b');
    expect(saga.sent.at(-1)?.command).toMatchObject({
      type: 'refund',
      amount: { amount: 300 },
      tenders: [share('paid', 100)],
    });
    expect(saga.answered(YES, 'refund').done).toBe(true);
  });

  it('of gift cards that were spent meanwhile puts back what it took, and fails', () => {
    const saga = reclaiming().answered(no('GIFT_CARD.SPENT'), 'reclaim:a');
    expect(saga.keys).toEqual(RECLAIMS);
    saga.answered(YES, 'reclaim:b');
    expect(saga.keys.slice(2)).toEqual(['reinstate:a', 'reinstate:b']);
    saga.answered(YES, 'reinstate:a', 'reinstate:b');
    expect(saga.sent.at(-1)?.command).toMatchObject({ type: 'fail-refund', code: 'GIFT_CARD.SPENT' });
    expect(saga.happens(ofCards).keys.slice(5)).toEqual(RECLAIMS);
  });

  it('of gift cards that the provider refuses puts them back before the order hears of it', () => {
    const saga = reclaiming()
      .answered(YES, ...RECLAIMS)
      .answered(no('PAYMENT.REFUND_REFUSED'), 'refund');
    expect(saga.keys.slice(3)).toEqual(['reinstate:a', 'reinstate:b']);
    saga.happens(ofCards).answered(YES, 'reinstate:a', 'reinstate:b');
    expect(saga.keys.slice(5)).toEqual(['fail-refund']);
    expect(saga.sent.at(-1)?.command).toMatchObject({ code: 'PAYMENT.REFUND_REFUSED' });
  });

  it('fails once more as it did before', () => {
    const saga = failed()
      .answered(YES, 'fail-refund')
      .happens(requested)
      .answered(no('PAYMENT.REFUND_REFUSED'), 'refund');
    expect(saga.keys).toEqual(['refund', 'fail-refund', 'refund', 'fail-refund']);
  });
});
