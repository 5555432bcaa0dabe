import type { CartCheckedOut } from '../../domain/cart/index.js';
import { streamOf } from '../../domain/shared/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';

/**
 * How a cart came to be this order: its events up to the checkout. Earlier attempts of the same cart, checked out for
 * another order and reopened, are that order's story; what they left in the cart stays.
 */
export async function cartUntilCheckout(log: EventStore, cartId: string, orderId: string): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of log.read(streamOf('cart', cartId))) {
    if (event.type === 'cart.reopened.v1') continue;
    if (event.type !== 'cart.checked-out.v1') {
      events.push(event);
      continue;
    }
    const { orderId: checkedOut } = event.data as object as CartCheckedOut['data'];
    if (checkedOut === orderId) return [...events, event];
  }
  return events;
}
