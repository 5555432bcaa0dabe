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

  it('fails once more as it did before', () => {
    const saga = failed()
      .answered(YES, 'fail-refund')
      .happens(requested)
      .answered(no('PAYMENT.REFUND_REFUSED'), 'refund');
    expect(saga.keys).toEqual(['refund', 'fail-refund', 'refund', 'fail-refund']);
  });
});
