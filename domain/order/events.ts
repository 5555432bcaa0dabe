import type {
  Address,
  AppliedTax,
  GiftCardShare,
  LinePart,
  PricedLine,
  PricedShipping,
  RefundedLine,
  ShortLine,
  TaxDestination,
  TaxedAmount,
  Totals,
} from '../shared/commerce.js';
import type { DomainEvent } from '../shared/decider.js';
import type { GivenDiscount, PromotionUse, UsedCode } from '../shared/discounts.js';
import type { FieldPaths, Personal, PersonalFieldsOf } from '../shared/personal-data.js';
import { sku } from '../shared/commerce.js';
import { someMoney } from '../shared/money.js';
import type { Money } from '../shared/money.js';
import { choice, count, integer, named, object, optional, text } from '../shared/schema.js';
import type { Of } from '../shared/schema.js';
import type { PricingBasis } from '../pricing/index.js';

// These types are the storage format of streams `order-{orderId}`: never edit one, add a version and an upcaster.

/** What identifies the buyer; sealed in the log, null once the person is forgotten. */
export interface OrderPersonal {
  readonly email: string;
  readonly shippingAddress: Address;
  readonly billingAddress?: Address;
  /** The codes of the coupons that took something off. */
  readonly codes?: readonly UsedCode[];
}

export type OrderOpened = DomainEvent<
  'order.opened.v1',
  {
    readonly orderId: string;
    readonly orderNumber: string;
    readonly cartId: string;
    readonly reference?: string;
    readonly customerId?: string;
    /** Code of the channel that it was sold in; `default` where there is none. */
    readonly channel?: string;
    readonly currency: string;
    readonly lines: readonly PricedLine[];
    readonly shipping: PricedShipping;
    readonly totals: Totals;
    /** By promotion and level; absent where nothing is taken off. */
    readonly discounts?: readonly GivenDiscount[];
    /** Of lines and shipping, by rate. */
    readonly taxes: readonly AppliedTax[];
    readonly pricing: PricingBasis;
    /** In clear, beside the sealed address: what tax is reported by, also once the person is forgotten. */
    readonly destination: TaxDestination;
    readonly paymentId: string;
    /** What gift cards pay, in the order in which they are held; the payment is of the rest. Absent where there is none. */
    readonly tenders?: readonly GiftCardShare[];
    readonly personId: string;
    readonly personal: Personal<OrderPersonal> | null;
  }
>;
/** What a report needs of a line. */
export const SoldLine = object({
  lineId: text('Id of the line.', '1'),
  sku,
  quantity: count('Units.', 2),
  revenue: someMoney('After discounts, without tax and shipping; 0 of gift cards, which are spent later.', 598),
  category: text('The last of the categories of the product at checkout, or `uncategorised`.', 'Salads'),
  kind: optional(choice(['gift-card'], 'What is sold, where it is a gift card.', 'gift-card')),
});
export type SoldLine = Of<typeof SoldLine>;
/** What a tax return needs of an order, also once the person is forgotten. */
interface TaxedSale extends TaxDestination {
  /** The tax zone; null where none names the destination, which is then untaxed. */
  readonly zone: string | null;
  /** Lines and shipping after discounts, without tax and without gift cards, whose sale is none. */
  readonly net: Money;
  /** By rate, each once. */
  readonly taxes: readonly { readonly rate: string; readonly base: Money; readonly amount: Money }[];
}
/** Stock is held and money authorised; from now on nothing but its own cancellation or shipment ends a hold. */
export type OrderConfirmed = DomainEvent<
  'order.confirmed.v1',
  {
    readonly orderId: string;
    /** The account that it belongs to; absent where a guest ordered. */
    readonly customerId?: string;
    /** Code of the channel that it was sold in; `default` where there is none. */
    readonly channel?: string;
    readonly lines: readonly SoldLine[];
    /** What it has of promotions, in one sum each; absent where nothing is taken off. */
    readonly discounted?: readonly PromotionUse[];
    /** Who ordered, and whose the uses are: the account, else the person of the e-mail. Older events say it with `discounted` alone. */
    readonly customer?: string;
    /** Absent of older events. */
    readonly taxed?: TaxedSale;
  }
>;
/** The checkout failed. Recorded after stock and money were released and the cart was reopened. */
export type OrderRejected = DomainEvent<
  'order.rejected.v1',
  {
    readonly orderId: string;
    /** Code of the channel that it was to be sold in; `default` where there is none. */
    readonly channel?: string;
    /** Absent of older events. */
    readonly currency?: string;
    readonly code: string;
    readonly detail: string;
    /** Every SKU that was short and no other; absent where stock was not the reason. */
    readonly lines?: readonly ShortLine[];
  }
>;
/** The cancellation is decided; sagas release stock and money. `lines`: what was open and does not ship any more. */
export type OrderCancellationRequested = DomainEvent<
  'order.cancellation-requested.v1',
  {
    readonly orderId: string;
    /** Whom the reason may speak of: the buyer. */
    readonly personId: string;
    /** Free text of the buyer or of staff. */
    readonly reason: Personal<string> | null;
    /** Whether the order was confirmed; before that the checkout is what is called off. */
    readonly confirmed: boolean;
    readonly lines: readonly LinePart[];
    /** What the order costs without them: what shipped with its tax, and shipping; 0 when nothing shipped. */
    readonly remaining: Money;
  }
>;
/**
 * The open lines are cancelled and their stock and money released; the order is cancelled, or shipped when a part had shipped.
 * `lines` is empty when the order had not been confirmed (nothing had been counted as sold).
 */
export type OrderCancelled = DomainEvent<
  'order.cancelled.v1',
  {
    readonly orderId: string;
    /** As it was confirmed; absent where it was not, too. */
    readonly channel?: string;
    readonly lines: readonly SoldLine[];
    readonly wholly: boolean;
    /** What had shipped and stays sold; absent when wholly. */
    readonly kept?: readonly SoldLine[];
    /** As it was confirmed: of a confirmed order that is cancelled wholly, whose uses are given back. */
    readonly discounted?: readonly PromotionUse[];
    /** As it was confirmed; absent where it was not. Older events say it with `discounted` alone. */
    readonly customer?: string;
  }
>;
/** The shipment of these units is decided. `complete`: no open line is left. */
export type OrderShipmentCreated = DomainEvent<
  'order.shipment-created.v1',
  {
    readonly orderId: string;
    readonly shipmentId: string;
    /** RFC 3339 UTC; it is not delivered before. */
    readonly createdAt: string;
    readonly lines: readonly LinePart[];
    readonly carrier?: string;
    readonly trackingNumber?: string;
    readonly complete: boolean;
  }
>;
/** `complete`: everything that was to be shipped has been delivered. */
export type OrderShipmentDelivered = DomainEvent<
  'order.shipment-delivered.v1',
  {
    readonly orderId: string;
    readonly shipmentId: string;
    /** When the buyer received it, RFC 3339 UTC: the time that was reported, else that of the command. */
    readonly deliveredAt: string;
    readonly complete: boolean;
  }
>;
/** A card that was issued for a unit of a line. */
export const IssuedCard = named(
  'OrderGiftCard',
  object(
    {
      giftCardId: text('Id of the card; it does not tell the code.', '5f1c9a2e7b3d4860af12c4d59e6b7081'),
      lineId: text('Id of the line that it was bought with.', '1'),
      unit: integer('Which unit of the line it is, from 1.', 1, { minimum: 1 }),
      amount: someMoney('What it was issued with: the price of the unit.', 2500),
    },
    'A gift card that was bought with the order.',
  ),
);
export type IssuedCard = Of<typeof IssuedCard>;

/** The gift cards that were bought are there: recorded after the event of each card, once the money is captured. */
export type OrderGiftCardsIssued = DomainEvent<
  'order.gift-cards-issued.v1',
  { readonly orderId: string; readonly cards: readonly IssuedCard[] }
>;
/** Captured and delivered; of gift cards alone: captured and issued. */
export type OrderCompleted = DomainEvent<'order.completed.v1', { readonly orderId: string }>;
/** A refund is decided, or one that failed is requested again under its id. */
export type OrderRefundRequested = DomainEvent<
  'order.refund-requested.v1',
  {
    readonly orderId: string;
    readonly refundId: string;
    /** The sum of what is given back of lines and shipping. */
    readonly amount: Money;
    /** Those that something is given back of, in the order of the order's lines. */
    readonly lines: readonly RefundedLine[];
    /** Absent where nothing is given back of it. */
    readonly shipping?: TaxedAmount;
    /** What goes back to gift cards, in that order; the rest goes back to the provider. Absent where all of it does. */
    readonly tenders?: readonly GiftCardShare[];
    /** What is taken off gift cards that were bought with the order, before anything is given back. Absent where nothing is. */
    readonly reclaims?: readonly GiftCardShare[];
    /** Whom the reason may speak of: the buyer. */
    readonly personId: string;
    /** Free text of staff; null where a failed refund is requested again: the first request has the reason. */
    readonly reason: Personal<string> | null;
  }
>;
/** The provider refused it for good, or a gift card was spent meanwhile; the amount may be asked for again. */
export type OrderRefundFailed = DomainEvent<
  'order.refund-failed.v1',
  { readonly orderId: string; readonly refundId: string; readonly amount: Money; readonly code: string }
>;
export const ATTENTION_CODES = [
  'PAYMENT.CAPTURE_FAILED',
  'PAYMENT.VOID_FAILED',
  'PAYMENT.REFUND_FAILED',
  'PAYMENT.AUTHORIZATION_EXPIRING',
  'PAYMENT.AUTHORIZATION_EXPIRED',
  'PAYMENT.DISPUTED',
] as const;
export type AttentionCode = (typeof ATTENTION_CODES)[number];

/** Why an order needs a person. */
export const Attention = object({
  code: choice(ATTENTION_CODES, 'What is wrong.', ATTENTION_CODES[0]),
  detail: text('What is wrong and what can be done.', 'The money could not be captured; try again or ask the buyer.'),
  refundId: optional(text('Of a refund that failed.', 'rf_1')),
});
export type Attention = Of<typeof Attention>;

/** The order needs a person, as no saga can proceed. Recorded once for each code, of failed refunds once for each refund. */
export type OrderAttentionNeeded = DomainEvent<
  'order.attention-needed.v1',
  { readonly orderId: string; readonly code: AttentionCode; readonly detail: string; readonly refundId?: string }
>;
export type OrderAttentionResolved = DomainEvent<
  'order.attention-resolved.v1',
  { readonly orderId: string; readonly code: AttentionCode; readonly refundId?: string }
>;
/** Staff requests the refused capture or void of the payment again. */
export type OrderPaymentRetryRequested = DomainEvent<'order.payment-retry-requested.v1', { readonly orderId: string }>;
/** A person sees to a process of the order that does not go on by itself. */
export interface OrderProcessRepair {
  readonly orderId: string;
  /** Name of the saga. */
  readonly process: string;
  /** Of its instance. */
  readonly processId: string;
  /** How many steps were recorded of it, as the person saw it. */
  readonly version: number;
  /** Whom the reason may speak of: the buyer. */
  readonly personId: string;
  readonly reason: Personal<string> | null;
}
/** What the process waits for is to be tried at once. */
export type OrderProcessRetryRequested = DomainEvent<'order.process-retry-requested.v1', OrderProcessRepair>;
/** The process is to come to its failing end, by its own steps. */
export type OrderProcessCompensationRequested = DomainEvent<
  'order.process-compensation-requested.v1',
  OrderProcessRepair
>;
/** What staff wants to remember of the order. */
export type OrderNoteAdded = DomainEvent<
  'order.note-added.v1',
  {
    readonly orderId: string;
    readonly noteId: string;
    /** RFC 3339 UTC. */
    readonly createdAt: string;
    /** Whom the text may speak of: the buyer. */
    readonly personId: string;
    readonly text: Personal<string> | null;
  }
>;

export type OrderEvent =
  | OrderOpened
  | OrderConfirmed
  | OrderRejected
  | OrderCancellationRequested
  | OrderCancelled
  | OrderShipmentCreated
  | OrderShipmentDelivered
  | OrderGiftCardsIssued
  | OrderCompleted
  | OrderRefundRequested
  | OrderRefundFailed
  | OrderAttentionNeeded
  | OrderAttentionResolved
  | OrderPaymentRetryRequested
  | OrderProcessRetryRequested
  | OrderProcessCompensationRequested
  | OrderNoteAdded;

export const orderPersonalFields: PersonalFieldsOf<OrderEvent> = {
  'order.opened.v1': { person: 'personId', fields: ['personal'] },
  'order.cancellation-requested.v1': { person: 'personId', fields: ['reason'] },
  'order.refund-requested.v1': { person: 'personId', fields: ['reason'] },
  'order.process-retry-requested.v1': { person: 'personId', fields: ['reason'] },
  'order.process-compensation-requested.v1': { person: 'personId', fields: ['reason'] },
  'order.note-added.v1': { person: 'personId', fields: ['text'] },
};

export const orderTypedFields: FieldPaths = { 'order.opened.v1': ['reference'] };
