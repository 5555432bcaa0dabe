import { totalTooLarge } from '../pricing/index.js';
import { accept, isGiftCard, MOST_GIFT_CARDS, zero } from '../shared/index.js';
import type { Aggregate, Decider, Decision, LineItem } from '../shared/index.js';
import { checkOut, priceIn, priceOfTier } from './checkout.js';
import type {
  AbandonCart,
  AddItem,
  CartCommand,
  ChangeItemQuantity,
  OpenCart,
  RemoveItem,
  ReopenCart,
} from './commands.js';
import { addCoupon, removeCoupon } from './coupons.js';
import type { CartEvent } from './events.js';
import * as refusal from './refusals.js';
import { evolve, initialState } from './state.js';
import type { CartState, OpenedCart } from './state.js';

export function openCart(command: OpenCart, state: CartState): Decision<CartEvent> {
  const { type: _, ...cart } = command;
  if (state.status === 'none') return accept({ type: 'cart.opened.v1', data: cart });
  if (state.currency === cart.currency) return accept();
  return refusal.currencyMismatch(`The cart is there already and not in ${cart.currency}`, state.currency);
}

export function addItem({ product, quantity: added }: AddItem, state: CartState): Decision<CartEvent> {
  if (state.status !== 'open') return refusal.notOpen(state);
  const { prices: _prices, lists: _lists, ...facts } = product;
  const { sku } = facts;
  const item = state.lines.get(sku)?.item;
  const { lineId, lineTotal, quantity: before } = item ?? newItem(state);
  const quantity = before + added;
  const unitPrice = priceIn(product, state, quantity);
  if (unitPrice === undefined) return refusal.notPriced(sku, state.currency);
  if (state.changes >= refusal.MOST_CHANGES) return refusal.tooManyChanges();
  if (item === undefined && state.lines.size >= refusal.MOST_LINES) return refusal.tooManyLines();
  const tooMany = refusedQuantity(state, facts, quantity);
  if (tooMany !== undefined) return tooMany;
  if (!countable(state.subtotal, lineTotal.amount, unitPrice.amount * quantity)) return totalTooLarge();
  const data = { cartId: state.cartId, lineId, ...facts, added, quantity, unitPrice };
  return accept({ type: 'cart.item-added.v1', data });
}

const newItem = ({ lastLine, currency }: OpenedCart) => ({
  lineId: String(lastLine + 1),
  lineTotal: zero(currency),
  quantity: 0,
});

export function changeItemQuantity(command: ChangeItemQuantity, state: CartState): Decision<CartEvent> {
  const { sku, quantity, product } = command;
  if (quantity === 0) return removeItem({ type: 'remove-item', sku }, state);
  if (state.status !== 'open') return refusal.notOpen(state);
  const item = state.lines.get(sku)?.item;
  if (item === undefined) return refusal.itemNotFound(sku);
  if (quantity === item.quantity) return accept();
  if (state.changes >= refusal.MOST_CHANGES) return refusal.tooManyChanges();
  const tooMany = refusedQuantity(state, item, quantity);
  if (tooMany !== undefined) return tooMany;
  const { unitPrice, lineTotal } = item;
  const other = product && priceOfTier(product, state, { was: item.quantity, now: quantity });
  if (!countable(state.subtotal, lineTotal.amount, (other ?? unitPrice).amount * quantity)) return totalTooLarge();
  const data = { cartId: state.cartId, sku, quantity, ...(other === undefined ? {} : { unitPrice: other }) };
  return accept({ type: 'cart.item-quantity-changed.v1', data });
}

export function removeItem({ sku }: RemoveItem, state: CartState): Decision<CartEvent> {
  if (state.status !== 'open') return refusal.notOpen(state);
  if (!state.lines.has(sku)) return refusal.itemNotFound(sku);
  if (state.changes >= refusal.MOST_CHANGES) return refusal.tooManyChanges();
  return accept({ type: 'cart.item-removed.v1', data: { cartId: state.cartId, sku } });
}

/** Why a line does not take so many units; undefined where it does. */
function refusedQuantity(cart: OpenedCart, item: Pick<LineItem, 'sku' | 'kind'>, quantity: number) {
  if (quantity > refusal.MOST_UNITS) return refusal.quantityTooLarge(item.sku);
  if (!isGiftCard(item) || cardsBeside(cart, item.sku) + quantity <= MOST_GIFT_CARDS) return undefined;
  return refusal.tooManyCards();
}

/** Counts the gift cards of the other lines. */
function cardsBeside({ lines }: OpenedCart, sku: string): number {
  let cards = 0;
  for (const { item } of lines.values()) if (isGiftCard(item) && item.sku !== sku) cards += item.quantity;
  return cards;
}

/** Whether the subtotal is exact with a line at another total; beyond 2⁵³ a product is rounded, yet never below it. */
const countable = (subtotal: number, before: number, after: number): boolean =>
  Number.isSafeInteger(after) && Number.isSafeInteger(subtotal - before + after);

export function reopenCart({ type: _type, ...why }: ReopenCart, state: CartState): Decision<CartEvent> {
  if (state.status !== 'checked-out' || state.orderId !== why.orderId) return accept();
  return accept({ type: 'cart.reopened.v1', data: { cartId: state.cartId, ...why } });
}

export function abandonCart(_: AbandonCart, state: CartState): Decision<CartEvent> {
  if (state.status === 'abandoned') return accept();
  if (state.status !== 'open') return refusal.notOpen(state);
  return accept({ type: 'cart.abandoned.v1', data: { cartId: state.cartId } });
}

function decide(command: CartCommand, state: CartState): Decision<CartEvent> {
  switch (command.type) {
    case 'open-cart':
      return openCart(command, state);
    case 'add-item':
      return addItem(command, state);
    case 'change-item-quantity':
      return changeItemQuantity(command, state);
    case 'remove-item':
      return removeItem(command, state);
    case 'add-coupon':
      return addCoupon(command, state);
    case 'remove-coupon':
      return removeCoupon(command, state);
    case 'check-out':
      return checkOut(command, state);
    case 'reopen-cart':
      return reopenCart(command, state);
    case 'abandon-cart':
      return abandonCart(command, state);
    default:
      return command satisfies never;
  }
}

export const cartDecider: Decider<CartState, CartCommand, CartEvent> = {
  initialState,
  decide,
  evolve,
};

/** Stream `cart-{cartId}`; a cart has few events, so no snapshot. */
export const cartAggregate: Aggregate<CartState, CartCommand, CartEvent> = { category: 'cart', decider: cartDecider };
