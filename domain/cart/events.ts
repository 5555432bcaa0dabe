import type {
  Address,
  AppliedTax,
  ChosenOption,
  GiftCardShare,
  PricedLine,
  PricedShipping,
  TaxDestination,
  Totals,
} from '../shared/commerce.js';
import type { DomainEvent } from '../shared/decider.js';
import type { GivenDiscount, UsedCode } from '../shared/discounts.js';
import type { FieldPaths, Personal, PersonalFieldsOf } from '../shared/personal-data.js';
import type { Money } from '../shared/money.js';
import type { FailedPromotion, PricingBasis } from '../pricing/index.js';

// These types are the storage format of streams `cart-{cartId}`: never edit one, add a version and an upcaster.

/** `customerId` is a random id of the shop, never the subject of a token. */
export type CartOpened = DomainEvent<
  'cart.opened.v1',
  {
    readonly cartId: string;
    readonly currency: string;
    readonly reference?: string;
    readonly customerId?: string;
    /** Code of the channel that it is sold in; `default` where there is none. */
    readonly channel?: string;
    /** ISO 3166-1 alpha-2, where the buyer has said: prices may be for some countries alone. */
    readonly country?: string;
    /** Those of whoever opened it, for whom prices and promotions may be. */
    readonly customerGroups?: readonly string[];
  }
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
    /** With the attributes: what promotions may be about. Short ones alone, as long texts are for people. */
    readonly brand?: string;
    readonly attributes?: Readonly<Record<string, string>>;
    readonly kind?: 'digital' | 'gift-card';
    readonly added: number;
    readonly quantity: number;
    readonly unitPrice: Money;
  }
>;
export type CartItemQuantityChanged = DomainEvent<
  'cart.item-quantity-changed.v1',
  {
    readonly cartId: string;
    readonly sku: string;
    readonly quantity: number;
    /** Where so many units have another price; the line keeps its own otherwise. */
    readonly unitPrice?: Money;
  }
>;
export type CartItemRemoved = DomainEvent<'cart.item-removed.v1', { readonly cartId: string; readonly sku: string }>;

/** `couponId` is a keyed hash of the code, which is sealed with the key of those who hold codes of the promotion. */
export type CartCouponAdded = DomainEvent<
  'cart.coupon-added.v1',
  {
    readonly cartId: string;
    readonly couponId: string;
    readonly promotionId: string;
    readonly holderId: string;
    readonly code: Personal<string> | null;
  }
>;
export type CartCouponRemoved = DomainEvent<
  'cart.coupon-removed.v1',
  { readonly cartId: string; readonly couponId: string }
>;

/** What identifies the buyer; sealed in the log, null once the person is forgotten. */
export interface CheckoutPersonal {
  readonly email: string;
  readonly shippingAddress: Address;
  readonly billingAddress?: Address;
  /** The codes of the coupons that took something off. */
  readonly codes?: readonly UsedCode[];
  /** The payment provider's token for the means of payment; absent where nothing is asked of the provider. */
  readonly paymentToken?: string;
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
    readonly channel?: string;
    readonly lines: readonly PricedLine[];
    readonly shipping: PricedShipping;
    readonly totals: Totals;
    /** By promotion and level; absent where nothing is taken off. */
    readonly discounts?: readonly GivenDiscount[];
    /** Promotions in force that could not be worked out: it is priced without them. Absent where there was none. */
    readonly failedPromotions?: readonly FailedPromotion[];
    /** Of lines and shipping, by rate. */
    readonly taxes: readonly AppliedTax[];
    readonly pricing: PricingBasis;
    /** In clear, beside the sealed address: what tax is reported by, also once the person is forgotten. */
    readonly destination: TaxDestination;
    /** Keyed hash of who checked out, where what a client may hold is limited. */
    readonly client?: string;
    /** What gift cards pay, in the order in which they are held; the provider is asked for the rest. Absent where there is none. */
    readonly tenders?: readonly GiftCardShare[];
    /** Whose token `personal.paymentToken` is. */
    readonly paymentProvider: string;
    readonly personId: string;
    readonly personal: Personal<CheckoutPersonal> | null;
  }
>;
/** The order was rejected or cancelled before it was confirmed: the cart can be changed and checked out again. */
export type CartReopened = DomainEvent<
  'cart.reopened.v1',
  {
    readonly cartId: string;
    readonly orderId: string;
    readonly code: string;
    /** The promotion that the order was rejected for: the cart goes on without it, and without its coupons. */
    readonly withoutPromotion?: string;
  }
>;
export type CartAbandoned = DomainEvent<'cart.abandoned.v1', { readonly cartId: string }>;

export type CartEvent =
  | CartOpened
  | CartItemAdded
  | CartItemQuantityChanged
  | CartItemRemoved
  | CartCouponAdded
  | CartCouponRemoved
  | CartCheckedOut
  | CartReopened
  | CartAbandoned;

export const cartPersonalFields: PersonalFieldsOf<CartEvent> = {
  'cart.coupon-added.v1': { person: 'holderId', fields: ['code'] },
  'cart.checked-out.v1': { person: 'personId', fields: ['personal'] },
};

/** A code can be used by whoever knows it, as a means of payment can. */
export const cartSecretFields: FieldPaths = {
  'cart.coupon-added.v1': ['code'],
  'cart.checked-out.v1': ['personal.paymentToken', 'personal.codes'],
};
export const cartTypedFields: FieldPaths = { 'cart.opened.v1': ['reference'], 'cart.checked-out.v1': ['reference'] };
