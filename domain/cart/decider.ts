import { totalTooLarge } from '../pricing/index.js';
import { accept, zero } from '../shared/index.js';
import type { Aggregate, Decider, Decision } from '../shared/index.js';
import { checkOut } from './check-out.js';
import type {
  AbandonCart,
  AddItem,
  CartCommand,
  ChangeItemQuantity,
  OpenCart,
  RemoveItem,
  ReopenCart,
} from './commands.js';
import type { CartEvent } from './events.js';
import {
  currencyMismatch,
  itemNotFound,
  maxChanges,
  maxLines,
  maxQuantity,
  notOpen,
  quantityTooLarge,
  tooManyChanges,
  tooManyLines,
} from './refusals.js';
import { evolve } from './state.js';
import type { CartState, OpenedCart } from './state.js';

export const openCart = (command: OpenCart, state: CartState): Decision<CartEvent> => {
  const { type: _, ...cart } = command;
  if (state.status === 'none') return accept({ type: 'cart.opened.v1', data: cart });
  if (state.currency === cart.currency) return accept();
  return currencyMismatch(`The cart is there already and not in ${cart.currency}`, state.currency);
};

export const addItem = ({ product, quantity: added }: AddItem, state: CartState): Decision<CartEvent> => {
  if (state.status !== 'open') return notOpen(state);
  const { sku, name, taxClass, categories, price: unitPrice } = product;
  if (unitPrice.currency !== state.currency) {
    return currencyMismatch(`The SKU ${sku} is priced in ${unitPrice.currency}`, state.currency);
  }
  if (state.changes >= maxChanges) return tooManyChanges();
  const item = state.lines.get(sku)?.item;
  if (item === undefined && state.lines.size >= maxLines) return tooManyLines();
  const { lineId, lineTotal, quantity: before } = item ?? newItem(state);
  const quantity = before + added;
  if (quantity > maxQuantity) return quantityTooLarge(sku);
  if (!countable(state.subtotal, lineTotal.amount, unitPrice.amount * quantity)) return totalTooLarge();
  const data = { cartId: state.cartId, lineId, sku, name, taxClass, categories, added, quantity, unitPrice };
  return accept({ type: 'cart.item-added.v1', data });
};

const newItem = ({ lastLine, currency }: OpenedCart) => ({
  lineId: String(lastLine + 1),
  lineTotal: zero(currency),
  quantity: 0,
});

export const changeItemQuantity = ({ sku, quantity }: ChangeItemQuantity, state: CartState): Decision<CartEvent> => {
  if (quantity === 0) return removeItem({ type: 'remove-item', sku }, state);
  if (state.status !== 'open') return notOpen(state);
  const item = state.lines.get(sku)?.item;
  if (item === undefined) return itemNotFound(sku);
  if (quantity === item.quantity) return accept();
  if (state.changes >= maxChanges) return tooManyChanges();
  if (quantity > maxQuantity) return quantityTooLarge(sku);
  if (!countable(state.subtotal, item.lineTotal.amount, item.unitPrice.amount * quantity)) return totalTooLarge();
  return accept({ type: 'cart.item-quantity-changed.v1', data: { cartId: state.cartId, sku, quantity } });
};

export const removeItem = ({ sku }: RemoveItem, state: CartState): Decision<CartEvent> => {
  if (state.status !== 'open') return notOpen(state);
  if (!state.lines.has(sku)) return itemNotFound(sku);
  if (state.changes >= maxChanges) return tooManyChanges();
  return accept({ type: 'cart.item-removed.v1', data: { cartId: state.cartId, sku } });
};

export const reopenCart = ({ orderId, code }: ReopenCart, state: CartState): Decision<CartEvent> =>
  state.status === 'checked-out' && state.orderId === orderId
    ? accept({ type: 'cart.reopened.v1', data: { cartId: state.cartId, orderId, code } })
    : accept();

export const abandonCart = (_: AbandonCart, state: CartState): Decision<CartEvent> => {
  if (state.status === 'abandoned') return accept();
  if (state.status !== 'open') return notOpen(state);
  return accept({ type: 'cart.abandoned.v1', data: { cartId: state.cartId } });
};

/** Whether the subtotal is exact with a line at another total; beyond 2⁵³ a product is rounded, yet never below it. */
const countable = (subtotal: number, before: number, after: number): boolean =>
  Number.isSafeInteger(after) && Number.isSafeInteger(subtotal - before + after);

const decide = (command: CartCommand, state: CartState): Decision<CartEvent> => {
  switch (command.type) {
    case 'open-cart':
      return openCart(command, state);
    case 'add-item':
      return addItem(command, state);
    case 'change-item-quantity':
      return changeItemQuantity(command, state);
    case 'remove-item':
      return removeItem(command, state);
    case 'check-out':
      return checkOut(command, state);
    case 'reopen-cart':
      return reopenCart(command, state);
    case 'abandon-cart':
      return abandonCart(command, state);
    default:
      return command satisfies never;
  }
};

export const cartDecider: Decider<CartState, CartCommand, CartEvent> = {
  initialState: () => ({ status: 'none' }),
  decide,
  evolve,
};

/** Stream `cart-{cartId}`; a cart has few events, so no snapshot. */
export const cartAggregate: Aggregate<CartState, CartCommand, CartEvent> = { category: 'cart', decider: cartDecider };
