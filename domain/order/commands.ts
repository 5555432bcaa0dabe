import type { ShortLine, SkuQuantity } from '../shared/commerce.js';
import type { Money } from '../shared/money.js';
import type { OrderOpened } from './events.js';
import type { AttentionCode } from './state.js';

/** Satisfied when the order is open for this very cart; refused `ORDER.ALREADY_OPEN` for another one. */
export interface OpenOrder {
  readonly type: 'open-order';
  readonly order: OrderOpened['data'];
}
/** Refused `ORDER.CANCELLATION_REQUESTED` when somebody asked to cancel meanwhile. */
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
/** A client's wish; refused `ORDER.NOT_CANCELLABLE` when nothing open is left or the order has ended. */
export interface RequestCancellation {
  readonly type: 'request-cancellation';
  readonly reason: string;
}
/** The saga's last word after a requested cancellation. */
export interface CancelOrder {
  readonly type: 'cancel-order';
}
/** Without lines: all that is open. */
export interface CreateShipment {
  readonly type: 'create-shipment';
  /** RFC 3339 UTC, as all times of commands. */
  readonly createdAt: string;
  readonly lines?: readonly SkuQuantity[];
  readonly carrier?: string;
  readonly trackingNumber?: string;
}
/** Refused `ORDER.DELIVERY_IN_FUTURE` and `ORDER.DELIVERY_BEFORE_SHIPMENT`, with some leeway for clocks that differ. */
export interface DeliverShipment {
  readonly type: 'deliver-shipment';
  readonly shipmentId: string;
  /** When it was handed over; `now` where nobody said. */
  readonly deliveredAt: string;
  readonly now: string;
}
/** Satisfied when completed already; refused `ORDER.NOT_DELIVERED` otherwise. */
export interface CompleteOrder {
  readonly type: 'complete-order';
}
/** Without an amount: all that is left. `captured` comes from the payment's folded stream. */
export interface RequestRefund {
  readonly type: 'request-refund';
  readonly refundId: string;
  readonly amount?: Money;
  readonly captured: Money;
  readonly reason: string;
}
/** A saga says that a person is needed; satisfied when it is known. */
export interface NeedAttention {
  readonly type: 'need-attention';
  readonly code: AttentionCode;
  readonly detail: string;
}
/** Nobody is needed for it any more; satisfied when nobody was. */
export interface ResolveAttention {
  readonly type: 'resolve-attention';
  readonly code: AttentionCode;
  readonly refundId?: string;
}
/**
 * A person asks again for what the provider refused for good. `captured` comes from the payment's folded stream. Refused
 * `ORDER.NOTHING_TO_RETRY`.
 */
export interface RetryPayment {
  readonly type: 'retry-payment';
  readonly captured: Money;
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
  | CompleteOrder
  | RequestRefund
  | FailRefund
  | NeedAttention
  | ResolveAttention
  | RetryPayment;
