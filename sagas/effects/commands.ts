import type { GiftCardShare, Money, SkuQuantity } from '../../domain/shared/index.js';

/** Where a checkout is recorded. Effects read what is personal from there; saga records hold nothing of it. */
export interface CheckoutSource {
  readonly cartId: string;
  /** Revision of `cart.checked-out` in the cart's stream. */
  readonly revision: number;
}

/** Opens the order that a checkout asked for. Target id: the order's. */
export interface OpenOrderFromCart {
  readonly type: 'open-order-from-cart';
  readonly source: CheckoutSource;
}
export type OrderOpeningCommand = OpenOrderFromCart;

/** Records the request, asks the provider, records the answer. Replies `unknown` where it decided nothing. */
export interface AuthorizePayment {
  readonly type: 'authorize';
  readonly orderId: string;
  readonly amount: Money;
  readonly source: CheckoutSource;
  /** Which part of the order's total, and which try at it; 1 where they are left out. */
  readonly tender?: number;
  readonly attempt?: number;
  /** RFC 3339; a provider that was not asked by then is asked no more. */
  readonly askBy?: string;
}
/**
 * Captures `amount` of the order's money and releases the rest; without it all that is held. Gift cards are captured first. Tried
 * until the provider answers.
 */
export interface CapturePayment {
  readonly type: 'capture';
  /** Absent in older records, whose orders have no gift cards. */
  readonly orderId?: string;
  readonly amount?: Money;
}
/**
 * Voids the authorisation, and releases gift cards; satisfied where no money is held. A payment that was not requested yet is closed, so that it never will be.
 * Tried until the provider answers.
 */
export interface VoidPayment {
  readonly type: 'void';
  readonly orderId: string;
  readonly reason: string;
}
/** Refunds captured money: `tenders` to gift cards, the rest to the provider, which is asked first. Tried until it answers. */
export interface RefundPayment {
  readonly type: 'refund';
  /** Absent in older records, whose orders have no gift cards. */
  readonly orderId?: string;
  readonly refundId: string;
  readonly amount: Money;
  readonly tenders?: readonly GiftCardShare[];
}
/** Target id: the payment's. */
export type PaymentGatewayCommand = AuthorizePayment | CapturePayment | VoidPayment | RefundPayment;

/** Books what the shop has not said itself at the carrier, then records the shipment. Target id: the shipment's. */
export interface BookConsignment {
  readonly type: 'book';
  readonly orderId: string;
  readonly lines: readonly SkuQuantity[];
  readonly carrier?: string;
  readonly trackingNumber?: string;
}
export type CarrierCommand = BookConsignment;

/** Issues the gift cards that were bought with an order, each once, and records them with it. Target id: the order's. */
export interface IssueCards {
  readonly type: 'issue-cards';
}

/** Tells a page of products the terms of their price list, from this place on. Target id: the list's code. Refused where no product is left. */
export interface TellProducts {
  readonly type: 'tell-products';
  readonly from: number;
}
