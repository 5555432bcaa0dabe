import { foldOf } from '../../shared/test-support/golden-stories.js';
import type { GoldenStories } from '../../shared/test-support/golden-stories.js';
import { paymentDecider } from '../index.js';

export const goldenStories: GoldenStories = {
  fold: foldOf(paymentDecider),
  stories: [
    {
      events:
        'payment.requested payment.authorized payment.capture-requested payment.captured payment.refund-requested payment.refunded',
      outcome: { status: 'partially-refunded', refunded: 1299 },
    },
    {
      events:
        'payment.requested payment.authorized payment.capture-requested payment.captured payment.refund-requested payment.refund-failed',
      outcome: { status: 'captured', refunded: 0, promised: 0 },
    },
    {
      events: 'payment.requested payment.authorized payment.capture-requested payment.capture-failed',
      outcome: { status: 'authorized', capture: { failed: true } },
    },
    {
      events: 'payment.requested payment.authorized payment.void-requested payment.voided',
      outcome: { status: 'voided' },
    },
    {
      events:
        'payment.requested payment.action-required payment.authorized payment.capture-requested payment.captured payment.disputed payment.dispute-closed',
      outcome: { status: 'captured', reference: 'pi_3Mt', disputes: new Map([['dp_1Mt', 'won']]) },
    },
    { events: 'payment.closed', outcome: { status: 'none', closed: true } },
    { events: 'payment.requested payment.action-required', outcome: { action: { type: 'redirect' } } },
    { events: 'payment.requested payment.declined', outcome: { status: 'declined' } },
    { events: 'payment.requested payment.failed', outcome: { status: 'failed' } },
  ],
};
