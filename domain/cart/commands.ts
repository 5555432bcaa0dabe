import type { Money } from '../shared/money.js';
import type { Address } from '../shared/commerce.js';
import type { PricingPolicy } from '../pricing/index.js';
import type { CheckoutPersonal } from './events.js';

/** A product as it is today, read from its own folded stream. */
export interface ProductFacts {
  readonly sku: string;
  readonly name: string;
  readonly categories: readonly string[];
  readonly taxClass: string;
  readonly price: Money;
}

export interface OpenCart {
  readonly type: 'open-cart';
  readonly cartId: string;
  readonly currency: string;
  readonly reference?: string;
  readonly customerId?: string;
}
/** The same SKU adds up, and the whole line then has today's price. */
export interface AddItem {
  readonly type: 'add-item';
  readonly product: ProductFacts;
  readonly quantity: number;
}
/** 0 removes the line; the price stays as it was frozen. */
export interface ChangeItemQuantity {
  readonly type: 'change-item-quantity';
  readonly sku: string;
  readonly quantity: number;
}
export interface RemoveItem {
  readonly type: 'remove-item';
  readonly sku: string;
}
export interface CheckOut {
  readonly type: 'check-out';
  readonly orderId: string;
  readonly orderNumber: string;
  readonly personId: string;
  /** Who checks out, where it is a customer: the order is theirs unless the cart is somebody's already. */
  readonly customerId?: string;
  readonly personal: CheckoutPersonal;
  /** Whose token the means of payment is. */
  readonly paymentProvider: string;
  readonly destination: Address;
  readonly shippingMethod?: string;
  /** Keyed hash of who asks, where what a client may hold is limited. */
  readonly client?: string;
  /** Today's facts of every SKU in the cart. */
  readonly products: ReadonlyMap<string, ProductFacts>;
  readonly pricing: PricingPolicy;
  readonly acceptPrices: boolean;
  readonly expectedTotal?: Money;
}
/** Satisfied when the cart is not checked out for this order (any more). */
export interface ReopenCart {
  readonly type: 'reopen-cart';
  readonly orderId: string;
  readonly code: string;
}
export interface AbandonCart {
  readonly type: 'abandon-cart';
}

export type CartCommand = OpenCart | AddItem | ChangeItemQuantity | RemoveItem | CheckOut | ReopenCart | AbandonCart;
