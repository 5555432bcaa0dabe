import type { Money } from '../shared/money.js';
import type { Address, ChosenOption } from '../shared/commerce.js';
import type { PricingPolicy } from '../pricing/index.js';
import type { CheckoutPersonal } from './events.js';

/** Today's facts of a variant and its product, folded from their streams. */
export interface ProductFacts {
  readonly sku: string;
  readonly name: string;
  /** Absent where the product has but one variant. */
  readonly options?: readonly ChosenOption[];
  readonly categories: readonly string[];
  readonly taxClass: string;
  /** At most one a currency. */
  readonly prices: readonly Money[];
}

export interface OpenCart {
  readonly type: 'open-cart';
  readonly cartId: string;
  readonly currency: string;
  readonly reference?: string;
  readonly customerId?: string;
}
/** Adds units. Units of the same SKU add up in one line, whose price is then today's. */
export interface AddItem {
  readonly type: 'add-item';
  readonly product: ProductFacts;
  readonly quantity: number;
}
/** Sets the quantity of a line, whose price stays; 0 removes the line. */
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
  /** The customer who checks out, whose order it becomes; absent for a guest. */
  readonly customerId?: string;
  readonly personal: CheckoutPersonal;
  /** The provider that issued the payment token. */
  readonly paymentProvider: string;
  readonly destination: Address;
  readonly shippingMethod?: string;
  /** Keyed hash of the client, where holds of a client are limited. */
  readonly client?: string;
  /** Today's facts of every SKU in the cart. */
  readonly products: ReadonlyMap<string, ProductFacts>;
  readonly pricing: PricingPolicy;
  readonly acceptPrices: boolean;
  readonly expectedTotal?: Money;
}
/** Reopens a checked-out cart; satisfied when it is not checked out for this order. */
export interface ReopenCart {
  readonly type: 'reopen-cart';
  readonly orderId: string;
  readonly code: string;
}
export interface AbandonCart {
  readonly type: 'abandon-cart';
}

export type CartCommand = OpenCart | AddItem | ChangeItemQuantity | RemoveItem | CheckOut | ReopenCart | AbandonCart;
