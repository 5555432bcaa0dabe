import { Driven, event } from '../test-support/drive.js';
import { disputeSaga } from './dispute.js';

const about = { paymentId: 'p-1', orderId: 'o-1', provider: 'sandbox', amount: { amount: 500, currency: 'USD' } };
const disputed = event('payment.disputed.v1', { ...about, reference: 'd-1', reason: 'fraudulent' });
const closed = (reference: string) => event('payment.dispute-closed.v1', { ...about, reference, outcome: 'won' });

describe('the end of a dispute', () => {
  it('of which nobody heard, or that has ended, leads to nothing', () => {
    const saga = new Driven<object>(disputeSaga).happens(disputed).happens(closed('d-2'));
    expect(saga.keys).toEqual(['flag']);
    saga.happens(closed('d-1')).happens(closed('d-1')).happens(closed('d-2'));
    expect(saga.keys).toEqual(['flag', 'withdraw-flag']);
  });
});
