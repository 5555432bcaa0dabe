import type {
  Address,
  AppliedTax,
  ChosenOption,
  PricedLine,
  PricedShipping,
  TaxDestination,
  Totals,
} from '../shared/commerce.js';
import type { DomainEvent } from '../shared/decider.js';
import type { FieldPaths, Personal, PersonalFieldsOf } from '../shared/personal-data.js';
import type { Money } from '../shared/money.js';
import type { PricingBasis } from '../pricing/index.js';

// These types are the storage format of streams `cart-{cartId}`: never edit one, add a version and an upcaster.

/** `customerId` is a random id of the shop, never the subject of a token. */
export type CartOpened = DomainEvent<
  'cart.opened.v1',
  { readonly cartId: string; readonly currency: string; readonly reference?: string; readonly customerId?: string }
>;
/**
 * `quantity` is the line's new quantity, `added` what this command brought; the whole line is at `unitPrice` now. A SKU
 * that was removed comes back as a new line.
 */
export type CartItemAdded = DomainEvent<
  'cart.item-added.v1',
  {
    readonly cartId: string;
    readonly lineId: string;
    readonly sku: string;
    readonly name: string;
    readonly options?: readonly ChosenOption[];
    readonly taxClass: string;
    readonly categories: readonly string[];
    readonly added: number;
    readonly quantity: number;
    readonly unitPrice: Money;
  }
>;
export type CartItemQuantityChanged = DomainEvent<
  'cart.item-quantity-changed.v1',
  { readonly cartId: string; readonly sku: string; readonly quantity: number }
>;
export type CartItemRemoved = DomainEvent<'cart.item-removed.v1', { readonly cartId: string; readonly sku: string }>;

/** What identifies the buyer; sealed in the log, null once the person is forgotten. */
export interface CheckoutPersonal {
  readonly email: string;
  readonly shippingAddress: Address;
  readonly billingAddress?: Address;
  /** The payment provider's token for the means of payment. */
  readonly paymentToken: string;
}

/** All that the checkout saga needs to open the order, also after a crash. */
export type CartCheckedOut = DomainEvent<
  'cart.checked-out.v1',
  {
    readonly cartId: string;
    readonly orderId: string;
    readonly orderNumber: string;
    readonly currency: string;
    readonly reference?: string;
    readonly customerId?: string;
    readonly lines: readonly PricedLine[];
    readonly shipping: PricedShipping;
    readonly totals: Totals;
    /** Of lines and shipping, by rate. */
    readonly taxes: readonly AppliedTax[];
    readonly pricing: PricingBasis;
    /** In clear, beside the sealed address: what tax is reported by, also once the person is forgotten. */
    readonly destination: TaxDestination;
    /** Keyed hash of who checked out, where what a client may hold is limited. */
    readonly client?: string;
    /** Whose token `personal.paymentToken` is. */
    readonly paymentProvider: string;
    readonly personId: string;
    readonly personal: Personal<CheckoutPersonal> | null;
  }
>;
/** The order was rejected or cancelled before it was confirmed: the cart can be changed and checked out again. */
export type CartReopened = DomainEvent<
  'cart.reopened.v1',
  { readonly cartId: string; readonly orderId: string; readonly code: string }
>;
export type CartAbandoned = DomainEvent<'cart.abandoned.v1', { readonly cartId: string }>;

export type CartEvent =
  | CartOpened
  | CartItemAdded
  | CartItemQuantityChanged
  | CartItemRemoved
  | CartCheckedOut
  | CartReopened
  | CartAbandoned;

export const cartPersonalFields: PersonalFieldsOf<CartEvent> = {
  'cart.checked-out.v1': { person: 'personId', fields: ['personal'] },
};

export const cartSecretFields: FieldPaths = { 'cart.checked-out.v1': ['personal.paymentToken'] };
export const cartTypedFields: FieldPaths = { 'cart.opened.v1': ['reference'], 'cart.checked-out.v1': ['reference'] };
