import { untaxedPart } from '../../../domain/shared/test-support/index.js';
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

/** What happens to an order of one `sku`, in parts that follow each other. */
function chapters(orderId: string, sku: string) {
  const cartId = `c-${orderId}`;
  const paymentId = `p-${orderId}`;
  const shipmentId = `s-${orderId}`;
  const cart = `cart-${cartId}`;
  const order = `order-${orderId}`;
  const payment = `payment-${paymentId}`;
  const shipment = `shipment-${shipmentId}`;
  const stock = `inventory-${sku}`;
  const lines = [untaxedPart(sku, { price: usd(100), quantity: 1 })];
  const of = { orderId, shipmentId };
  const paid = { paymentId, orderId, amount: usd(100) };
  const hold = { sku, orderId };
  const refused = { code: 'PAYMENT.DECLINED', detail: 'No.' };
  const opening = orderOpened(orderId, { skus: [sku] });
  const part = { tender: 1, attempt: 1 };
  const request = { ...part, provider: 'sandbox', idempotencyKey: 'k', personId: 'x', token: 't' };
  const said = { ...paid, provider: 'sandbox', reference: 'at-1' };
  const refund = (refundId: string, amount: number) => ({ ...paid, refundId, amount: usd(amount) });
  const why = { personId: 'x', reason: 'broken' };
  return {
    placed: [
      { stream: stock, event: stockReceived(sku, 1) },
      { stream: cart, event: cartOpened(cartId) },
      { stream: cart, event: itemAdded(cartId, sku, { quantity: 1, amount: 100 }) },
      told(cart, 'cart.checked-out.v1', { ...opening.data, cartId }),
      { stream: order, event: opening },
      told(stock, 'inventory.reserved.v1', { ...hold, allocations, expiresAt }),
    ],
    paid: [
      told(payment, 'payment.requested.v1', { ...paid, ...request }),
      told(payment, 'payment.authorized.v1', said),
      { stream: order, event: orderConfirmed(orderId) },
    ],
    shipped: [
      told(order, 'order.shipment-created.v1', { ...of, createdAt: '2026-11-05T12:00:00.000Z', lines, complete: true }),
      told(shipment, 'shipment.booked.v1', {
        ...of,
        lines: [{ sku, quantity: 1 }],
        carrier: 'post',
        trackingNumber: '1',
      }),
      told(stock, 'inventory.committed.v1', { ...hold, shipmentId, allocations }),
      told(payment, 'payment.captured.v1', { ...said, captureId: 'c-1', final: true, authorized: usd(100) }),
    ],
    delivered: [
      told(order, 'order.shipment-delivered.v1', { ...of, deliveredAt: expiresAt, complete: true }),
      told(shipment, 'shipment.delivered.v1', { ...of, deliveredAt: expiresAt }),
      told(order, 'order.completed.v1', { orderId }),
    ],
    /** The cart opens again, and its shopper goes on. */
    rejected: [
      told(payment, 'payment.requested.v1', { ...paid, ...request }),
      told(payment, 'payment.declined.v1', { ...said, ...refused }),
      told(stock, 'inventory.released.v1', { ...hold, allocations, reason: refused.code }),
      told(cart, 'cart.reopened.v1', { cartId, orderId, code: refused.code }),
      told(order, 'order.rejected.v1', { orderId, ...refused }),
      told(cart, 'cart.item-quantity-changed.v1', { cartId, sku, quantity: 3 }),
      { stream: cart, event: itemAdded(cartId, 'other', { quantity: 2, amount: 5 }) },
    ],
    cancelled: [
      told(order, 'order.cancellation-requested.v1', {
        orderId,
        personId: 'x',
        reason: 'late',
        confirmed: true,
        lines,
        remaining: usd(0),
      }),
      told(stock, 'inventory.released.v1', { ...hold, allocations, reason: 'ORDER.CANCELLED' }),
      told(payment, 'payment.void-requested.v1', { ...paid, idempotencyKey: 'v', reason: 'ORDER.CANCELLED' }),
      told(payment, 'payment.voided.v1', { ...said, requested: true }),
      told(order, 'order.cancelled.v1', { orderId, lines: [], wholly: true }),
    ],
    refunded: [
      told(order, 'order.refund-requested.v1', { ...refund('r-1', 40), ...why }),
      told(payment, 'payment.refund-requested.v1', { ...refund('r-1', 40), idempotencyKey: 'r-1' }),
      told(payment, 'payment.refunded.v1', { ...said, ...refund('r-1', 40) }),
      told(order, 'order.refund-requested.v1', { ...refund('r-2', 60), ...why }),
      told(payment, 'payment.refund-requested.v1', { ...refund('r-2', 60), idempotencyKey: 'r-2' }),
      told(payment, 'payment.refund-failed.v1', { ...refund('r-2', 60), ...refused }),
      told(order, 'order.refund-failed.v1', { ...refund('r-2', 60), ...refused }),
    ],
    counted: [told(stock, 'inventory.adjusted.v1', { sku, location: 'back', quantity: 2, reason: 'count' })],
  } satisfies Record<string, readonly StoryEvent[]>;
}

type Chapter = keyof ReturnType<typeof chapters>;

/** A cart that becomes an order of one `sku`, paid, shipped and delivered, in the order in which it happens. */
export const orderStory = (orderId: string, sku: string): StoryEvent[] =>
  storyOf(['placed', 'paid', 'shipped', 'delivered'], orderId, sku);

/** The ways in which an order of one `sku` may go, with stock counted now and then. */
export const ORDER_LIVES: readonly (readonly Chapter[])[] = [
  ['placed', 'paid', 'shipped', 'delivered'],
  ['placed', 'counted', 'rejected'],
  ['placed', 'paid', 'counted', 'cancelled'],
  ['counted', 'placed', 'paid', 'shipped', 'refunded', 'delivered'],
  ['placed'],
];

/** Tells the chapters of one order. */
export function storyOf(life: readonly Chapter[], orderId: string, sku: string): StoryEvent[] {
  const told: Readonly<Record<Chapter, readonly StoryEvent[]>> = chapters(orderId, sku);
  return life.flatMap((chapter) => told[chapter]);
}
