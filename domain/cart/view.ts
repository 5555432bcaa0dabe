import { cartTotals } from '../pricing/index.js';
import type { LineItem, PricedShipping, Totals } from '../shared/index.js';
import type { CartState } from './state.js';

/** A cart as every API shows it, but for its version. */
export interface CartView {
  readonly cartId: string;
  readonly currency: string;
  readonly reference?: string;
  readonly status: 'open' | 'checked-out' | 'abandoned';
  readonly items: readonly LineItem[];
  /** Of the lines alone while it is not checked out, then those of its order. */
  readonly totals: Totals;
  /** Of its order, once it is checked out. */
  readonly shippingCost?: PricedShipping;
}

/**
 * The answer of every write to a cart; stays as it is when the state goes on.
 * @throws RangeError when there is no cart, which no accepted write answers
 */
export const cartView = (cart: CartState): CartView => {
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
};
