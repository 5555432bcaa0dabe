import { cartDecider } from '../../../../domain/cart/index.js';
import { productDecider } from '../../../../domain/catalog/index.js';
import { inventoryDecider } from '../../../../domain/inventory/index.js';
import { orderDecider } from '../../../../domain/order/index.js';
import { paymentDecider } from '../../../../domain/payment/index.js';
import { quotaAggregate } from '../../../../domain/quota/index.js';
import { shipmentDecider } from '../../../../domain/shipping/index.js';
import type { Decider } from '../../../../domain/shared/decider.js';
import type { DomainEvent } from '../../../../domain/shared/index.js';

/** What a stream may have held, told by event names without version, and what its fold has to come to. */
export interface Story {
  readonly events: string;
  readonly outcome: object;
}

/** A context's fold, with stories that each of its events has a part in. */
export interface ContextStories {
  /** Folds events as they come out of the store. */
  readonly fold: (events: readonly DomainEvent[]) => unknown;
  readonly stories: readonly Story[];
}

/** The log keeps types by name: what the store hands out is taken for the decider's event, as at run time. */
const folding =
  <State, Command, Event extends DomainEvent>({ initialState, evolve }: Decider<State, Command, Event>) =>
  (events: readonly DomainEvent[]): State =>
    events.reduce((state, event) => evolve(state, event as Event), initialState());

export const storiesByContext: Readonly<Record<string, ContextStories>> = {
  cart: {
    fold: folding(cartDecider),
    stories: [
      {
        events: 'cart.opened cart.item-added cart.item-quantity-changed cart.checked-out',
        outcome: { status: 'checked-out', subtotal: 4747 },
      },
      {
        events: 'cart.opened cart.item-added cart.checked-out cart.reopened',
        outcome: { status: 'open', subtotal: 4747 },
      },
      {
        events: 'cart.opened cart.item-added cart.item-removed cart.abandoned',
        outcome: { status: 'abandoned', subtotal: 0 },
      },
    ],
  },
  catalog: {
    fold: folding(productDecider),
    stories: [
      {
        events: 'product.created product.details-changed product.price-changed',
        outcome: { status: 'listed', name: 'Blue stoneware mug', price: { amount: 1299, currency: 'EUR' } },
      },
    ],
  },
  order: {
    fold: folding(orderDecider),
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
      { events: 'order.opened order.rejected', outcome: { status: 'rejected' } },
      { events: 'order.opened order.cancellation-requested order.cancelled', outcome: { status: 'cancelled' } },
    ],
  },
  payment: {
    fold: folding(paymentDecider),
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
      { events: 'payment.requested payment.action-required', outcome: { action: { type: 'redirect' } } },
      { events: 'payment.requested payment.declined', outcome: { status: 'declined' } },
      { events: 'payment.requested payment.failed', outcome: { status: 'failed' } },
    ],
  },
  inventory: {
    fold: folding(inventoryDecider),
    stories: [
      {
        events: 'inventory.received inventory.adjusted inventory.reserved inventory.committed',
        outcome: { onHand: 11, reserved: 0 },
      },
      {
        events: 'inventory.received inventory.adjusted inventory.reserved inventory.released',
        outcome: { onHand: 14, reserved: 0 },
      },
      { events: 'inventory.received inventory.adjusted inventory.reserved', outcome: { onHand: 14, reserved: 3 } },
    ],
  },
  quota: {
    fold: folding(quotaAggregate.decider),
    stories: [{ events: 'quota.checkout-admitted', outcome: { lastAt: Date.parse('2026-11-02T10:00:00.000Z') } }],
  },
  shipping: {
    fold: folding(shipmentDecider),
    stories: [{ events: 'shipment.booked shipment.delivered', outcome: { status: 'delivered' } }],
  },
};
