import { cartTotals } from '../pricing/index.js';
import type { PriceableLine } from '../pricing/index.js';
import { currencyCode, LineItem, PricedShipping, Totals } from '../shared/index.js';
import { choice, count, described, listOf, named, object, optional, text } from '../shared/schema.js';
import type { Of } from '../shared/schema.js';
import type { CartState } from './state.js';

/** A cart as every API shows it. */
export const Cart = named(
  'Cart',
  object(
    {
      cartId: text('Unguessable id.', 'o3Yw3xq0s1mGkqf5cV2b8Q'),
      currency: currencyCode(),
      reference: optional(text("The client's own reference; its order has it too.", 'basket-7')),
      status: choice(['open', 'checked-out', 'abandoned'], 'An open cart takes changes.', 'open'),
      items: listOf(LineItem, 'In the order in which the SKUs were added.'),
      totals: described(Totals, 'Of the lines alone while the cart is open, then those of its order.'),
      shippingCost: optional(described(PricedShipping, 'Of its order, once it is checked out.')),
      version: count('Revision of the cart, also its ETag.', 1),
    },
    'A cart. Its id is its key: whoever knows it may read and change the cart.',
  ),
);
export type Cart = Of<typeof Cart>;

/** What the cart's state tells; who answers adds the version. */
export type CartView = Omit<Cart, 'version'>;

/**
 * Makes the answer of every write to a cart; it does not change when the state is evolved further.
 * @throws RangeError when there is no cart, which no accepted write answers
 */
export function cartView(cart: CartState): CartView {
  if (cart.status === 'none') throw new RangeError('a cart that was never opened cannot be shown');
  const { cartId, currency, status } = cart;
  const items: LineItem[] = [];
  for (const line of cart.lines.values()) items.push(line.item);
  const totals = cart.status === 'checked-out' ? cart.totals : cartTotals({ amount: cart.subtotal, currency });
  return {
    cartId,
    currency,
    ...(cart.reference === undefined ? {} : { reference: cart.reference }),
    status,
    items,
    totals,
    ...(cart.status === 'checked-out' ? { shippingCost: cart.shipping } : {}),
  };
}

/** What a quote prices. */
export interface CartBasket {
  readonly status: Cart['status'];
  readonly currency: string;
  /** At the prices that were frozen on them. */
  readonly lines: readonly PriceableLine[];
}

/** @throws RangeError when there is no cart */
export function cartBasket(cart: CartState): CartBasket {
  if (cart.status === 'none') throw new RangeError('a cart that was never opened cannot be priced');
  const { status, currency } = cart;
  return { status, currency, lines: [...cart.lines.values()].map(({ item, categories }) => ({ ...item, categories })) };
}
