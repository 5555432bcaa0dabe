import type { Money, Totals } from '../shared/index.js';
import type { CartCheckedOut, CartEvent, CartItemAdded } from './events.js';

/** A line as it is shown. Replaced as a whole when it changes, so that an answer made earlier stays as it was. */
export interface CartItem {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly lineTotal: Money;
}
export interface CartLine {
  readonly item: CartItem;
  readonly categories: readonly string[];
}

interface CartContents {
  readonly cartId: string;
  readonly currency: string;
  readonly reference?: string;
  readonly customerId?: string;
  /** By SKU, in the order in which they were first added; changed in place by `evolve`. */
  readonly lines: Map<string, CartLine>;
  /** Items added, changed and removed since it was opened. */
  changes: number;
  /** Sum of the line totals, minor units; kept along, so that no rule has to add up all lines. */
  subtotal: number;
}
export interface OpenedCart extends CartContents {
  readonly status: 'open';
}
export interface CheckedOutCart extends CartContents {
  readonly status: 'checked-out';
  readonly orderId: string;
  readonly totals: Totals;
}
export interface AbandonedCart extends CartContents {
  readonly status: 'abandoned';
}
export type CartState = { readonly status: 'none' } | OpenedCart | CheckedOutCart | AbandonedCart;
export type ExistingCart = Exclude<CartState, { readonly status: 'none' }>;

export const evolve = (state: CartState, event: CartEvent): CartState => {
  if (event.type === 'cart.opened.v1')
    return { status: 'open', ...event.data, lines: new Map(), changes: 0, subtotal: 0 };
  if (state.status === 'none') return state;
  switch (event.type) {
    case 'cart.item-added.v1':
      return put(state, lineOf(event.data));
    case 'cart.item-quantity-changed.v1':
      return changeQuantity(state, event.data);
    case 'cart.item-removed.v1':
      return remove(state, event.data.sku);
    case 'cart.checked-out.v1':
      return checkedOut(state, event.data);
    case 'cart.reopened.v1':
      return { status: 'open', ...contentsOf(state) };
    case 'cart.abandoned.v1':
      return { status: 'abandoned', ...contentsOf(state) };
    default:
      return event satisfies never;
  }
};

const lineOf = ({ sku, name, categories, quantity, unitPrice }: CartItemAdded['data']): CartLine => ({
  item: { sku, name, quantity, unitPrice, lineTotal: totalOf(unitPrice, quantity) },
  categories,
});

const totalOf = ({ amount, currency }: Money, quantity: number): Money => ({ amount: amount * quantity, currency });

const put = (cart: ExistingCart, line: CartLine): CartState => {
  const before = cart.lines.get(line.item.sku)?.item.lineTotal.amount ?? 0;
  cart.lines.set(line.item.sku, line);
  cart.changes++;
  cart.subtotal += line.item.lineTotal.amount - before;
  return cart;
};

const changeQuantity = (cart: ExistingCart, change: { readonly sku: string; readonly quantity: number }): CartState => {
  const line = cart.lines.get(change.sku);
  if (line === undefined) return cart;
  const { sku, name, unitPrice } = line.item;
  const lineTotal = totalOf(unitPrice, change.quantity);
  const item = { sku, name, quantity: change.quantity, unitPrice, lineTotal };
  return put(cart, { item, categories: line.categories });
};

const remove = (cart: ExistingCart, sku: string): CartState => {
  cart.subtotal -= cart.lines.get(sku)?.item.lineTotal.amount ?? 0;
  if (cart.lines.delete(sku)) cart.changes++;
  return cart;
};

/** The lines are as they were sold from here on, also when the cart opens again. */
const checkedOut = (cart: ExistingCart, { orderId, lines, totals }: CartCheckedOut['data']): CartState => {
  for (const { categories, ...item } of lines) cart.lines.set(item.sku, { item, categories });
  return { status: 'checked-out', ...contentsOf(cart), subtotal: totals.subtotal.amount, orderId, totals };
};

const contentsOf = (cart: ExistingCart): CartContents => ({
  cartId: cart.cartId,
  currency: cart.currency,
  ...(cart.reference === undefined ? {} : { reference: cart.reference }),
  ...(cart.customerId === undefined ? {} : { customerId: cart.customerId }),
  lines: cart.lines,
  changes: cart.changes,
  subtotal: cart.subtotal,
});
