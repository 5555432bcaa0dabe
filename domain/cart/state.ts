import { lineItem, untaxedPrice } from '../pricing/index.js';
import type { LineItem, PricedShipping, Totals } from '../shared/index.js';
import type { CartCheckedOut, CartEvent } from './events.js';

export interface CartLine {
  /** Replaced as a whole when it changes, so that an answer made earlier stays as it was. */
  readonly item: LineItem;
  readonly categories: readonly string[];
}

interface CartContents {
  readonly cartId: string;
  readonly currency: string;
  readonly reference?: string;
  readonly customerId?: string;
  /** By SKU, in the order in which they were first added; changed in place by `evolve`. */
  readonly lines: Map<string, CartLine>;
  /** The number that the last new line got for its id. */
  lastLine: number;
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
  readonly shipping: PricedShipping;
  readonly totals: Totals;
}
export interface AbandonedCart extends CartContents {
  readonly status: 'abandoned';
}
export type CartState = { readonly status: 'none' } | OpenedCart | CheckedOutCart | AbandonedCart;
export type ExistingCart = Exclude<CartState, { readonly status: 'none' }>;

export const initialState = (): CartState => ({ status: 'none' });

export function evolve(state: CartState, event: CartEvent): CartState {
  if (event.type === 'cart.opened.v1')
    return { status: 'open', ...event.data, lines: new Map(), lastLine: 0, changes: 0, subtotal: 0 };
  if (state.status === 'none') return state;
  switch (event.type) {
    case 'cart.item-added.v1':
      return put(state, { item: openItem(event.data), categories: event.data.categories });
    case 'cart.item-quantity-changed.v1':
      return changeQuantity(state, event.data);
    case 'cart.item-removed.v1':
      return remove(state, event.data.sku);
    case 'cart.checked-out.v1':
      return checkedOut(state, event.data);
    case 'cart.reopened.v1':
      return reopened(state);
    case 'cart.abandoned.v1':
      return { status: 'abandoned', ...contentsOf(state) };
    default:
      return event satisfies never;
  }
}

function put(cart: ExistingCart, line: CartLine): CartState {
  const before = cart.lines.get(line.item.sku);
  cart.lines.set(line.item.sku, line);
  if (before === undefined) cart.lastLine++;
  cart.changes++;
  cart.subtotal += line.item.lineTotal.amount - (before?.item.lineTotal.amount ?? 0);
  return cart;
}

function changeQuantity(cart: ExistingCart, change: { readonly sku: string; readonly quantity: number }): CartState {
  const line = cart.lines.get(change.sku);
  if (line === undefined) return cart;
  return put(cart, { ...line, item: openItem({ ...line.item, quantity: change.quantity }) });
}

function remove(cart: ExistingCart, sku: string): CartState {
  cart.subtotal -= cart.lines.get(sku)?.item.lineTotal.amount ?? 0;
  if (cart.lines.delete(sku)) cart.changes++;
  return cart;
}

/** Takes over the lines as they were sold; where the cart is reopened, it keeps them without their tax. */
function checkedOut(cart: ExistingCart, { orderId, lines, shipping, totals }: CartCheckedOut['data']): CartState {
  for (const line of lines) cart.lines.set(line.sku, { item: lineItem(line), categories: line.categories });
  return { status: 'checked-out', ...contentsOf(cart), subtotal: totals.subtotal.amount, orderId, shipping, totals };
}

function reopened(cart: ExistingCart): CartState {
  for (const [sku, line] of cart.lines) cart.lines.set(sku, { ...line, item: openItem(line.item) });
  return { status: 'open', ...contentsOf(cart) };
}

const contentsOf = (cart: ExistingCart): CartContents => ({
  cartId: cart.cartId,
  currency: cart.currency,
  ...(cart.reference === undefined ? {} : { reference: cart.reference }),
  ...(cart.customerId === undefined ? {} : { customerId: cart.customerId }),
  lines: cart.lines,
  lastLine: cart.lastLine,
  changes: cart.changes,
  subtotal: cart.subtotal,
});

type Facts = Pick<LineItem, 'lineId' | 'sku' | 'name' | 'options' | 'quantity' | 'unitPrice' | 'taxClass'>;

/** Makes a line of an open cart, which is untaxed as it has no destination yet. */
function openItem({ lineId, sku, name, options, quantity, unitPrice, taxClass }: Facts): LineItem {
  const lineTotal = { amount: unitPrice.amount * quantity, currency: unitPrice.currency };
  const { discounts, discount, taxes, net, gross } = untaxedPrice(lineTotal);
  const item = { lineId, sku, name, quantity, unitPrice, lineTotal, taxClass, discounts, discount, taxes, net, gross };
  return options === undefined ? item : { ...item, options };
}
