import { lineItem, untaxedPrice } from '../pricing/index.js';
import type { GivenDiscount, LineItem, PricedShipping, Totals } from '../shared/index.js';
import type {
  CartCheckedOut,
  CartCouponAdded,
  CartEvent,
  CartItemAdded,
  CartItemQuantityChanged,
  CartReopened,
} from './events.js';

/** What promotions look at in a line, beside its SKU. */
type SelectableFacts = Pick<CartItemAdded['data'], 'categories' | 'brand' | 'attributes'>;

export interface CartLine extends SelectableFacts {
  /** Replaced as a whole when it changes, so that an answer made earlier stays as it was. */
  readonly item: LineItem;
}

export type CartCoupon = Omit<CartCouponAdded['data'], 'cartId'>;

interface CartContents {
  readonly cartId: string;
  readonly currency: string;
  readonly reference?: string;
  readonly customerId?: string;
  readonly channel?: string;
  readonly country?: string;
  readonly customerGroups?: readonly string[];
  /** By id, in the order in which they were put in; changed in place by `evolve`. */
  readonly coupons: Map<string, CartCoupon>;
  /** Ids of promotions that an order of this cart could not have: it goes on without them. */
  readonly withheld: Set<string>;
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
  readonly discounts: readonly GivenDiscount[];
}
export interface AbandonedCart extends CartContents {
  readonly status: 'abandoned';
}
export type CartState = { readonly status: 'none' } | OpenedCart | CheckedOutCart | AbandonedCart;
export type ExistingCart = Exclude<CartState, { readonly status: 'none' }>;

export const initialState = (): CartState => ({ status: 'none' });

export function evolve(state: CartState, event: CartEvent): CartState {
  if (event.type === 'cart.opened.v1')
    return {
      status: 'open',
      ...event.data,
      coupons: new Map(),
      withheld: new Set(),
      lines: new Map(),
      lastLine: 0,
      changes: 0,
      subtotal: 0,
    };
  if (state.status === 'none') return state;
  switch (event.type) {
    case 'cart.item-added.v1':
      return put(state, { item: openItem(event.data), ...selectable(event.data) });
    case 'cart.item-quantity-changed.v1':
      return changeQuantity(state, event.data);
    case 'cart.item-removed.v1':
      return remove(state, event.data.sku);
    case 'cart.coupon-added.v1':
      return couponAdded(state, event.data);
    case 'cart.coupon-removed.v1':
      return couponRemoved(state, event.data.couponId);
    case 'cart.checked-out.v1':
      return checkedOut(state, event.data);
    case 'cart.reopened.v1':
      return reopened(state, event.data);
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

function changeQuantity(cart: ExistingCart, change: CartItemQuantityChanged['data']): CartState {
  const { sku, quantity } = change;
  const line = cart.lines.get(sku);
  if (line === undefined) return cart;
  const { unitPrice = line.item.unitPrice } = change;
  return put(cart, { ...line, item: openItem({ ...line.item, quantity, unitPrice }) });
}

function remove(cart: ExistingCart, sku: string): CartState {
  cart.subtotal -= cart.lines.get(sku)?.item.lineTotal.amount ?? 0;
  if (cart.lines.delete(sku)) cart.changes++;
  return cart;
}

function couponAdded(cart: ExistingCart, { cartId: _cart, ...coupon }: CartCouponAdded['data']): CartState {
  cart.coupons.set(coupon.couponId, coupon);
  cart.changes++;
  return cart;
}

function couponRemoved(cart: ExistingCart, couponId: string): CartState {
  if (cart.coupons.delete(couponId)) cart.changes++;
  return cart;
}

/** Takes over the lines as they were sold; where the cart is reopened, it keeps them without their tax and discounts. */
function checkedOut(cart: ExistingCart, data: CartCheckedOut['data']): CartState {
  const { orderId, lines, shipping, totals, discounts = [] } = data;
  for (const line of lines) {
    const before = cart.lines.get(line.sku);
    cart.lines.set(line.sku, { ...before, item: lineItem(line), categories: line.categories });
  }
  const subtotal = totals.subtotal.amount;
  return { status: 'checked-out', ...contentsOf(cart), subtotal, orderId, shipping, totals, discounts };
}

function reopened(cart: ExistingCart, { withoutPromotion }: CartReopened['data']): CartState {
  for (const [sku, line] of cart.lines) cart.lines.set(sku, { ...line, item: openItem(line.item) });
  if (withoutPromotion !== undefined) withhold(cart, withoutPromotion);
  return { status: 'open', ...contentsOf(cart) };
}

/** Takes the coupons of a promotion out; one that needs none is not given to this cart any more. */
function withhold(cart: ExistingCart, promotion: string): void {
  let hadCoupon = false;
  for (const { couponId, promotionId } of cart.coupons.values()) {
    if (promotionId === promotion) hadCoupon = cart.coupons.delete(couponId);
  }
  if (!hadCoupon) cart.withheld.add(promotion);
}

const contentsOf = (cart: ExistingCart): CartContents => ({
  cartId: cart.cartId,
  currency: cart.currency,
  ...(cart.reference === undefined ? {} : { reference: cart.reference }),
  ...(cart.customerId === undefined ? {} : { customerId: cart.customerId }),
  ...(cart.channel === undefined ? {} : { channel: cart.channel }),
  ...(cart.country === undefined ? {} : { country: cart.country }),
  ...(cart.customerGroups === undefined ? {} : { customerGroups: cart.customerGroups }),
  coupons: cart.coupons,
  withheld: cart.withheld,
  lines: cart.lines,
  lastLine: cart.lastLine,
  changes: cart.changes,
  subtotal: cart.subtotal,
});

const selectable = ({ categories, brand, attributes }: SelectableFacts): SelectableFacts => ({
  categories,
  ...(brand === undefined ? {} : { brand }),
  ...(attributes === undefined ? {} : { attributes }),
});

type Facts = Pick<LineItem, 'lineId' | 'sku' | 'name' | 'options' | 'kind' | 'quantity' | 'unitPrice' | 'taxClass'>;

/** Makes a line of an open cart, which is untaxed as it has no destination yet. */
function openItem({ lineId, sku, name, options, kind, quantity, unitPrice, taxClass }: Facts): LineItem {
  const lineTotal = { amount: unitPrice.amount * quantity, currency: unitPrice.currency };
  const { discounts, discount, taxes, net, gross } = untaxedPrice(lineTotal);
  const item = { lineId, sku, name, quantity, unitPrice, lineTotal, taxClass, discounts, discount, taxes, net, gross };
  if (options === undefined && kind === undefined) return item;
  return { ...item, ...(options === undefined ? {} : { options }), ...(kind === undefined ? {} : { kind }) };
}
