import { cartTotals } from '../pricing/index.js';
import type { Totals } from '../shared/index.js';
import type { CartItem, CartState } from './state.js';

/** A cart as every API shows it, but for its version. */
export interface CartView {
  readonly cartId: string;
  readonly currency: string;
  readonly reference?: string;
  readonly status: 'open' | 'checked-out' | 'abandoned';
  readonly items: readonly CartItem[];
  /** Of the lines alone while it is not checked out, then those of its order. */
  readonly totals: Totals;
}

/**
 * The answer of every write to a cart; stays as it is when the state goes on.
 * @throws RangeError when there is no cart, which no accepted write answers
 */
export const cartView = (cart: CartState): CartView => {
  if (cart.status === 'none') throw new RangeError('a cart that was never opened cannot be shown');
  const { cartId, currency, status } = cart;
  const items: CartItem[] = [];
  for (const line of cart.lines.values()) items.push(line.item);
  const totals = cart.status === 'checked-out' ? cart.totals : cartTotals({ amount: cart.subtotal, currency });
  return cart.reference === undefined
    ? { cartId, currency, status, items, totals }
    : { cartId, currency, reference: cart.reference, status, items, totals };
};
