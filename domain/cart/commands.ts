import type { Refused } from '../shared/decider.js';
import type { ListTerms, PriceRow } from '../catalog/index.js';
import type { Money } from '../shared/money.js';
import type { Address, ChosenOption } from '../shared/commerce.js';
import type { PricingPolicy, PromotionInForce } from '../pricing/index.js';
import type { CheckoutPersonal } from './events.js';

/** Today's facts of a variant and its product, folded from their streams. */
export interface ProductFacts {
  readonly sku: string;
  readonly name: string;
  /** Absent where the product has but one variant. */
  readonly options?: readonly ChosenOption[];
  readonly categories: readonly string[];
  readonly brand?: string;
  /** Of the product and the variant, short ones alone: what promotions may be about. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly kind?: 'digital' | 'gift-card';
  readonly taxClass: string;
  /** Those in force, of which the one that counts is up to the cart; see `priceFor`. */
  readonly prices: readonly PriceRow[];
  /** Terms of the lists that they name. */
  readonly lists?: readonly ListTerms[];
}

/** The promotions in force by id, folded from their register. */
export type PromotionsInForce = ReadonlyMap<string, PromotionInForce>;

/** What decides which promotions a cart has, beside the cart itself. */
export interface CartPromotions {
  readonly inForce: PromotionsInForce;
  /** Whether no order of the account was confirmed before; false for a guest. At checkout: of the account that checks out. */
  readonly isFirstOrder: boolean;
}

export interface OpenCart {
  readonly type: 'open-cart';
  readonly cartId: string;
  readonly currency: string;
  readonly reference?: string;
  readonly customerId?: string;
  readonly channel?: string;
  readonly country?: string;
  readonly customerGroups?: readonly string[];
}
/** Adds units. Units of the same SKU add up in one line, whose price is then today's. */
export interface AddItem {
  readonly type: 'add-item';
  readonly product: ProductFacts;
  readonly quantity: number;
}
/** Sets the quantity of a line, whose price stays unless another quantity has another price; 0 removes the line. */
export interface ChangeItemQuantity {
  readonly type: 'change-item-quantity';
  readonly sku: string;
  readonly quantity: number;
  /** Absent where there is no such product any more. */
  readonly product?: ProductFacts;
}
export interface RemoveItem {
  readonly type: 'remove-item';
  readonly sku: string;
}
/** A coupon as its own stream and its promotion's tell it. */
export interface CouponFacts {
  readonly couponId: string;
  readonly promotionId: string;
  /** Whose key seals the code. */
  readonly holderId: string;
  readonly code: string;
  /** `unknown`: it is deactivated, or its promotion is not in force yet or not any more for now; `ended`: not ever again. */
  readonly standing: 'usable' | 'used-up' | 'ended' | 'unknown';
}
/** Puts a coupon in, also where the cart does not meet its conditions yet. Satisfied where it is in already. */
export interface AddCoupon {
  readonly type: 'add-coupon';
  readonly coupon: CouponFacts;
  readonly inForce: PromotionsInForce;
}
export interface RemoveCoupon {
  readonly type: 'remove-coupon';
  readonly couponId: string;
}
/** Today's facts of a gift card that the buyer named, folded from its stream. */
export interface GiftCardFacts {
  readonly giftCardId: string;
  readonly balance: Money;
  /** Why nothing of it can be spent in this cart; absent where something can. */
  readonly refused?: Refused;
}

export interface CheckOut {
  readonly type: 'check-out';
  readonly orderId: string;
  readonly orderNumber: string;
  readonly personId: string;
  /** The customer who checks out, whose order it becomes; absent for a guest. */
  readonly customerId?: string;
  readonly personal: CheckoutPersonal;
  /** The gift cards that the buyer named, in the order in which they pay. */
  readonly giftCards?: readonly GiftCardFacts[];
  /** The provider that issued the payment token. */
  readonly paymentProvider: string;
  readonly destination: Address;
  readonly shippingMethod?: string;
  /** Keyed hash of the client, where holds of a client are limited. */
  readonly client?: string;
  /** Today's facts of every SKU in the cart. */
  readonly products: ReadonlyMap<string, ProductFacts>;
  readonly pricing: PricingPolicy;
  readonly promotions: CartPromotions;
  readonly acceptPrices: boolean;
  readonly expectedTotal?: Money;
}
/** Reopens a checked-out cart; satisfied when it is not checked out for this order. */
export interface ReopenCart {
  readonly type: 'reopen-cart';
  readonly orderId: string;
  readonly code: string;
  readonly withoutPromotion?: string;
}
export interface AbandonCart {
  readonly type: 'abandon-cart';
}

export type CartCommand =
  | OpenCart
  | AddItem
  | ChangeItemQuantity
  | RemoveItem
  | AddCoupon
  | RemoveCoupon
  | CheckOut
  | ReopenCart
  | AbandonCart;
