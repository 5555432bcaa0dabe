import type { CartEvent } from '../../domain/cart/index.js';
import type { InventoryEvent } from '../../domain/inventory/index.js';
import type { OrderEvent } from '../../domain/order/index.js';
import type { PaymentEvent } from '../../domain/payment/index.js';
import type { ShippingEvent } from '../../domain/shipping/index.js';

/** Every kind of event of the contexts that an order's history is made of. */
type TitledEvent = CartEvent | OrderEvent | PaymentEvent | InventoryEvent | ShippingEvent;

/** What happened, in words for the people who look after orders. */
export const EVENT_TITLES: Readonly<Record<TitledEvent['type'], string>> = {
  'cart.opened.v1': 'Cart opened',
  'cart.item-added.v1': 'Item added to the cart',
  'cart.item-quantity-changed.v1': 'Quantity changed in the cart',
  'cart.item-removed.v1': 'Item removed from the cart',
  'cart.checked-out.v1': 'Cart checked out',
  'cart.reopened.v1': 'Cart opened again',
  'cart.abandoned.v1': 'Cart abandoned',

  'order.opened.v1': 'Order placed',
  'order.confirmed.v1': 'Order confirmed',
  'order.rejected.v1': 'Order rejected',
  'order.cancellation-requested.v1': 'Cancellation requested',
  'order.cancelled.v1': 'Order cancelled',
  'order.shipment-created.v1': 'Shipment created',
  'order.shipment-delivered.v1': 'Shipment delivered',
  'order.completed.v1': 'Order completed',
  'order.refund-requested.v1': 'Refund requested',
  'order.refund-failed.v1': 'Refund failed',

  'payment.requested.v1': 'Payment requested from the provider',
  'payment.authorized.v1': 'Payment authorised',
  'payment.declined.v1': 'Payment declined',
  'payment.failed.v1': 'Payment failed without an answer',
  'payment.capture-requested.v1': 'Capture requested from the provider',
  'payment.captured.v1': 'Payment captured',
  'payment.capture-failed.v1': 'Capture failed',
  'payment.void-requested.v1': 'Release of the money requested from the provider',
  'payment.voided.v1': 'Money released',
  'payment.refund-requested.v1': 'Refund requested from the provider',
  'payment.refunded.v1': 'Money refunded',
  'payment.refund-failed.v1': 'Refund refused by the provider',

  'inventory.received.v1': 'Stock received',
  'inventory.adjusted.v1': 'Stock adjusted',
  'inventory.reserved.v1': 'Stock reserved',
  'inventory.hold-made-firm.v1': 'Reservation made firm',
  'inventory.released.v1': 'Reservation released',
  'inventory.committed.v1': 'Stock shipped',

  'shipment.booked.v1': 'Shipment booked with the carrier',
  'shipment.delivered.v1': 'Delivery reported',
};

const TITLES: ReadonlyMap<string, string> = new Map(Object.entries(EVENT_TITLES));

/** The title of an event type; the type itself where it has none. */
export const titleOf = (type: string): string => TITLES.get(type) ?? type;
