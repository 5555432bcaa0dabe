import { Driven, event, idOf, no, YES } from '../test-support/drive.js';
import { refundSaga, type RefundState } from './refund.js';

const requested = event('order.refund-requested.v1', {
  orderId: '6f1a3c52-5a0e-4c7b-9c55-1f4e0f0d2b11',
  refundId: 'r-1',
  amount: { amount: 300, currency: 'USD' },
  reason: 'broken',
});
const begun = () => new Driven<RefundState>(refundSaga).happens(requested);
const withdrawing = () =>
  begun()
    .answered(no('PAYMENT.REFUND_REFUSED'), 'refund')
    .answered(YES, 'fail-refund')
    .happens(requested)
    .answered(YES, 'refund');

describe('what a refund hears that it does not wait for', () => {
  it('belongs to the refund that it names', () => {
    expect(idOf(refundSaga, requested)).toBe('r-1');
  });

  it.each([
    ['before it is asked for', new Driven<RefundState>(refundSaga)],
    ['while the provider is asked', begun()],
    ['while the order is told of the refusal', begun().answered(no('PAYMENT.REFUND_REFUSED'), 'refund')],
    ['while the flag is withdrawn', withdrawing()],
  ])('leads to nothing, %s', (_when, saga) => {
    const { state, done } = saga;
    const sent = saga.sent.length;
    saga.answered(YES, 'none-of-its-own').answered(no('LATE'), 'none-of-its-own');
    expect([saga.state, saga.done, saga.sent.length]).toEqual([state, done, sent]);
  });

  it('does not ask the provider again while the flag is withdrawn', () => {
    const saga = withdrawing();
    const sent = saga.sent.length;
    saga.happens(requested);
    expect([saga.state.phase, saga.sent.length]).toEqual(['withdrawing', sent]);
  });

  it('waits for a person once the order knows of the refusal, whatever is answered then', () => {
    const saga = begun().answered(no('PAYMENT.REFUND_REFUSED'), 'refund').answered(YES, 'fail-refund');
    expect(saga.state.phase).toBe('failed');
    saga.answered(YES, 'refund').answered(YES, 'withdraw-flag');
    expect([saga.state.phase, saga.done]).toEqual(['failed', false]);
  });

  it('has no timers, and nothing to do about one', () => {
    const saga = begun();
    const { state } = saga;
    expect([saga.timers.size, saga.fires('any').state]).toEqual([0, state]);
  });
});
