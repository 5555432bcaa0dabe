import type { GiftCardShare, ShortLine, SkuQuantity } from '../shared/commerce.js';
import type { Money } from '../shared/money.js';
import type { AttentionCode, IssuedCard, OrderOpened } from './events.js';
import type { Repair } from './state.js';

/** Opens an order. Satisfied when it is open for this cart; refused `ORDER.ALREADY_OPEN` for another one. */
export interface OpenOrder {
  readonly type: 'open-order';
  readonly order: OrderOpened['data'];
}
/** Confirms the order. Refused `ORDER.CANCELLATION_REQUESTED` when a cancellation was requested before. */
export interface ConfirmOrder {
  readonly type: 'confirm-order';
}
export interface RejectOrder {
  readonly type: 'reject-order';
  readonly code: string;
  readonly detail: string;
  /** The SKUs that were short, where stock is the reason. */
  readonly lines?: readonly ShortLine[];
}
/** Requests the cancellation of the open lines. Refused `ORDER.NOT_CANCELLABLE` when no line is open or the order has ended. */
export interface RequestCancellation {
  readonly type: 'request-cancellation';
  readonly reason: string;
}
/** Completes a requested cancellation, once a saga has released stock and money. */
export interface CancelOrder {
  readonly type: 'cancel-order';
}
/** Creates a shipment of these lines; of all open ones where none is named. */
export interface CreateShipment {
  readonly type: 'create-shipment';
  /** RFC 3339 UTC, as all times of commands. */
  readonly createdAt: string;
  readonly lines?: readonly SkuQuantity[];
  readonly carrier?: string;
  readonly trackingNumber?: string;
}
/** Records a delivery. Refused `ORDER.DELIVERY_IN_FUTURE` and `ORDER.DELIVERY_BEFORE_SHIPMENT`, with leeway for clock skew. */
export interface DeliverShipment {
  readonly type: 'deliver-shipment';
  readonly shipmentId: string;
  /** When the buyer received it; `now` where no time was reported. */
  readonly deliveredAt: string;
  readonly now: string;
}
/**
 * Records the gift cards that were issued for the order. Satisfied when some are recorded; refused `ORDER.CANCELLATION_REQUESTED`, as
 * what is cancelled is not issued.
 */
export interface RecordIssuedCards {
  readonly type: 'record-issued-cards';
  readonly cards: readonly IssuedCard[];
}
/** Completes a delivered order, or one of gift cards alone that were issued. Satisfied when it is completed; refused `ORDER.NOT_DELIVERED` before the delivery. */
export interface CompleteOrder {
  readonly type: 'complete-order';
}
/** What was captured for an order, folded from the streams of its payment and of its gift cards. */
export interface Captured {
  /** Of the payment. */
  readonly captured: Money;
  /** Of the gift cards, in the order in which they were held; absent where the order has none. */
  readonly capturedOfCards?: readonly GiftCardShare[];
}
/** A gift card that was bought with the order, folded from its stream; minor units. */
export interface BoughtCard {
  readonly giftCardId: string;
  readonly balance: number;
  /** What refunds have taken off it so far. */
  readonly reclaimed: number;
}
/**
 * Requests a refund of an amount, of all that is left where none is named. Refused `GIFT_CARD.SPENT` where it would have to be taken
 * off gift cards which have less on them, `GIFT_CARD.NOT_ISSUED` before they are there.
 */
export interface RequestRefund extends Captured {
  readonly type: 'request-refund';
  readonly refundId: string;
  readonly amount?: Money;
  readonly reason: string;
  /** Absent where the order sold no gift cards. */
  readonly bought?: readonly BoughtCard[];
}
/** Flags that the order needs a person; satisfied when it is flagged. */
export interface NeedAttention {
  readonly type: 'need-attention';
  readonly code: AttentionCode;
  readonly detail: string;
}
/** Resolves a flag; satisfied when there is none. */
export interface ResolveAttention {
  readonly type: 'resolve-attention';
  readonly code: AttentionCode;
  readonly refundId?: string;
}
/**
 * Requests again the operations that the provider refused for good. Refused `ORDER.NOTHING_TO_RETRY`.
 */
export interface RetryPayment extends Captured {
  readonly type: 'retry-payment';
}
/** How a process stands, as its own records say. */
export interface ProcessStanding {
  readonly isDone: boolean;
  readonly mayRetry: boolean;
  readonly mayCompensate: boolean;
}
/**
 * Has a process of the order tried again, or brought to its failing end. Satisfied where the same was asked of it as it stands; refused
 * `SAGA.REPAIR_REQUESTED` where something else was, `SAGA.DONE`, `SAGA.NOTHING_TO_RETRY` or `SAGA.NOT_COMPENSABLE` by how it stands.
 */
export interface RequestRepair {
  readonly type: 'request-repair';
  readonly repair: Repair;
  readonly process: string;
  readonly processId: string;
  /** How many steps are recorded of it. */
  readonly version: number;
  readonly standing: ProcessStanding;
  readonly reason: string;
  /** Only where a refund is to be tried again. */
  readonly money?: Captured;
}
/** Adds a note of staff, to an order in any status; it is never changed. */
export interface AddNote {
  readonly type: 'add-note';
  readonly noteId: string;
  readonly createdAt: string;
  readonly text: string;
}
export interface FailRefund {
  readonly type: 'fail-refund';
  readonly refundId: string;
  readonly code: string;
}

export type OrderCommand =
  | OpenOrder
  | ConfirmOrder
  | RejectOrder
  | RequestCancellation
  | CancelOrder
  | CreateShipment
  | DeliverShipment
  | RecordIssuedCards
  | CompleteOrder
  | RequestRefund
  | FailRefund
  | NeedAttention
  | ResolveAttention
  | RetryPayment
  | RequestRepair
  | AddNote;
