import { foldOf } from '../../shared/test-support/golden-stories.js';
import type { GoldenStories } from '../../shared/test-support/golden-stories.js';
import { orderDecider } from '../index.js';

export const goldenStories: GoldenStories = {
  fold: foldOf(orderDecider),
  stories: [
    {
      events: 'order.opened order.confirmed order.shipment-created order.shipment-delivered order.completed',
      outcome: { status: 'completed' },
    },
    {
      events: 'order.opened order.confirmed order.shipment-created order.refund-requested order.refund-failed',
      outcome: { status: 'shipped', refunded: 0 },
    },
    {
      events:
        'order.opened order.confirmed order.shipment-created order.attention-needed order.payment-retry-requested',
      outcome: { status: 'shipped', attention: [{ code: 'PAYMENT.REFUND_FAILED' }] },
    },
    {
      events: 'order.opened order.confirmed order.shipment-created order.attention-resolved',
      outcome: { status: 'shipped', attention: [] },
    },
    {
      events: 'order.opened order.confirmed order.shipment-created order.refund-requested',
      outcome: { status: 'shipped', refunded: 1299 },
    },
    {
      events:
        'order.opened order.confirmed order.shipment-created order.process-retry-requested order.process-compensation-requested',
      outcome: { status: 'shipped' },
    },
    {
      events: 'order.opened order.confirmed order.gift-cards-issued',
      outcome: { status: 'confirmed', giftCards: [{ lineId: '2', unit: 1 }] },
    },
    { events: 'order.opened order.rejected order.note-added', outcome: { status: 'rejected' } },
    { events: 'order.opened order.cancellation-requested order.cancelled', outcome: { status: 'cancelled' } },
  ],
};
