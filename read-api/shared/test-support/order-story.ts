import type { DomainEvent } from '../../../domain/shared/index.js';
import { cartOpened, itemAdded, orderConfirmed, orderOpened, stockReceived, usd } from './events.js';

/** An event with the stream that it goes to. */
export interface StoryEvent {
  readonly stream: string;
  readonly event: DomainEvent;
}

const allocations = [{ location: 'default', quantity: 1 }];
const expiresAt = '2026-11-05T13:00:00.000Z';

const told = (stream: string, type: string, data: object): StoryEvent => ({ stream, event: { type, data } });

/** A cart that becomes an order of one `sku`, paid, shipped and delivered, in the order in which it happens. */
export function orderStory(orderId: string, sku: string): StoryEvent[] {
  const cartId = `c-${orderId}`;
  const paymentId = `p-${orderId}`;
  const shipmentId = `s-${orderId}`;
  const cart = `cart-${cartId}`;
  const order = `order-${orderId}`;
  const payment = `payment-${paymentId}`;
  const shipment = `shipment-${shipmentId}`;
  const lines = [{ sku, quantity: 1 }];
  const of = { orderId, shipmentId };
  const paid = { paymentId, orderId, amount: usd(100) };
  const hold = { sku, orderId };
  const opening = orderOpened(orderId, { skus: [sku] });
  return [
    { stream: `inventory-${sku}`, event: stockReceived(sku, 1) },
    { stream: cart, event: cartOpened(cartId) },
    { stream: cart, event: itemAdded(cartId, sku, { quantity: 1, amount: 100 }) },
    told(cart, 'cart.checked-out.v1', { ...opening.data, cartId }),
    { stream: order, event: opening },
    told(`inventory-${sku}`, 'inventory.reserved.v1', { ...hold, allocations, expiresAt }),
    told(payment, 'payment.requested.v1', {
      ...paid,
      provider: 'sandbox',
      idempotencyKey: 'k',
      personId: 'x',
      token: 't',
    }),
    told(payment, 'payment.authorized.v1', paid),
    told(`inventory-${sku}`, 'inventory.hold-made-firm.v1', hold),
    { stream: order, event: orderConfirmed(orderId) },
    told(order, 'order.shipment-created.v1', { ...of, lines, complete: true }),
    told(shipment, 'shipment.booked.v1', { ...of, lines, carrier: 'post', trackingNumber: '1' }),
    told(`inventory-${sku}`, 'inventory.committed.v1', { ...hold, shipmentId, allocations }),
    told(payment, 'payment.captured.v1', { ...paid, authorized: usd(100) }),
    told(order, 'order.shipment-delivered.v1', { ...of, deliveredAt: expiresAt, complete: true }),
    told(shipment, 'shipment.delivered.v1', { ...of, deliveredAt: expiresAt }),
    told(order, 'order.completed.v1', { orderId }),
  ];
}

/** What is left to tell after `orderStory`: all of it is paid back. */
export function refundStory(orderId: string): StoryEvent[] {
  const paymentId = `p-${orderId}`;
  const refund = { orderId, refundId: `r-${orderId}`, amount: usd(100) };
  return [
    told(`order-${orderId}`, 'order.refund-requested.v1', { ...refund, reason: 'broken' }),
    told(`payment-${paymentId}`, 'payment.refund-requested.v1', { ...refund, paymentId, idempotencyKey: 'k' }),
    told(`payment-${paymentId}`, 'payment.refunded.v1', { ...refund, paymentId }),
  ];
}
