import type { CartEvent } from '../../domain/cart/index.js';
import { streamOf } from '../../domain/shared/index.js';
import { asEvent, type EventStore, type RecordedEvent } from '../../infra/event-store/index.js';

/**
 * Reads the events of a cart up to the checkout that opened the order. Earlier checkouts of the same cart, for orders that were
 * rejected, and their reopenings are left out; the lines that they left in the cart stay.
 */
export async function cartUntilCheckout(log: EventStore, cartId: string, orderId: string): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const recorded of log.read(streamOf('cart', cartId))) {
    const event = asEvent<CartEvent>(recorded);
    if (event.type === 'cart.checked-out.v1') {
      if (event.data.orderId === orderId) return [...events, recorded];
    } else if (event.type !== 'cart.reopened.v1') events.push(recorded);
  }
  return events;
}
