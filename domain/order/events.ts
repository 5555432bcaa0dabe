import type {
  Address,
  AppliedTax,
  LinePart,
  PricedLine,
  PricedShipping,
  ShortLine,
  TaxDestination,
  Totals,
} from '../shared/commerce.js';
import type { DomainEvent } from '../shared/decider.js';
import type { FieldPaths, PersonalFields } from '../shared/personal-data.js';
import type { Money } from '../shared/money.js';
import type { PricingBasis } from '../pricing/index.js';
import type { AttentionCode } from './state.js';

// These types are the storage format of streams `order-{orderId}`: never edit one, add a version and an upcaster.

/** What identifies the buyer; sealed in the log, null once the person is forgotten. */
export interface OrderPersonal {
  readonly email: string;
  readonly shippingAddress: Address;
  readonly billingAddress?: Address;
}

export type OrderOpened = DomainEvent<
  'order.opened.v1',
  {
    readonly orderId: string;
    readonly orderNumber: string;
    readonly cartId: string;
    readonly reference?: string;
    readonly customerId?: string;
    readonly currency: string;
    readonly lines: readonly PricedLine[];
    readonly shipping: PricedShipping;
    readonly totals: Totals;
    /** Of lines and shipping, by rate. */
    readonly taxes: readonly AppliedTax[];
    readonly pricing: PricingBasis;
    /** In clear, beside the sealed address: what tax is reported by, also once the person is forgotten. */
    readonly destination: TaxDestination;
    readonly paymentId: string;
    readonly personId: string;
    readonly personal: OrderPersonal | null;
  }
>;
/** What a report needs of a line: revenue after discounts, without tax and shipping. */
export interface SoldLine {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly revenue: Money;
  /** The last of the product's categories at checkout; `uncategorised` when it had none. */
  readonly category: string;
}
/** Stock is held and money authorised; from now on nothing but its own cancellation or shipment ends a hold. */
export type OrderConfirmed = DomainEvent<
  'order.confirmed.v1',
  { readonly orderId: string; readonly lines: readonly SoldLine[] }
>;
/** Nothing is held any more: comes after stock, money and cart were let go. */
export type OrderRejected = DomainEvent<
  'order.rejected.v1',
  {
    readonly orderId: string;
    readonly code: string;
    readonly detail: string;
    /** Every SKU that was short and no other; absent where stock was not the reason. */
    readonly lines?: readonly ShortLine[];
  }
>;
/** Decided; sagas let stock and money go. `lines`: what was open and is now not to be shipped. */
export type OrderCancellationRequested = DomainEvent<
  'order.cancellation-requested.v1',
  {
    readonly orderId: string;
    readonly reason: string;
    /** Whether the order was confirmed; before that the checkout is what is called off. */
    readonly confirmed: boolean;
    readonly lines: readonly LinePart[];
    /** What the order costs without them: what shipped with its tax, and shipping; 0 when nothing shipped. */
    readonly remaining: Money;
  }
>;
/**
 * The open lines are gone, with their stock and money; the order ends cancelled, or shipped when a part had shipped.
 * `lines` is empty when the order had not been confirmed (nothing had been counted as sold).
 */
export type OrderCancelled = DomainEvent<
  'order.cancelled.v1',
  {
    readonly orderId: string;
    readonly lines: readonly SoldLine[];
    readonly wholly: boolean;
    /** What had shipped and stays sold; absent when wholly. */
    readonly kept?: readonly SoldLine[];
  }
>;
/** Decided: these units leave the house. `complete`: no open line is left. */
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
    /** When it was handed over, RFC 3339 UTC, as the caller said or the time of the command. */
    readonly deliveredAt: string;
    readonly complete: boolean;
  }
>;
/** Delivered and captured. */
export type OrderCompleted = DomainEvent<'order.completed.v1', { readonly orderId: string }>;
/** Also for one that failed before, under the id that it had: a person asked for it again. */
export type OrderRefundRequested = DomainEvent<
  'order.refund-requested.v1',
  { readonly orderId: string; readonly refundId: string; readonly amount: Money; readonly reason: string }
>;
/** The provider refused it for good; the amount may be asked for again. */
export type OrderRefundFailed = DomainEvent<
  'order.refund-failed.v1',
  { readonly orderId: string; readonly refundId: string; readonly amount: Money; readonly code: string }
>;
/** A person has to look: what the sagas can do by themselves is done. Once for each code, and for each refund. */
export type OrderAttentionNeeded = DomainEvent<
  'order.attention-needed.v1',
  { readonly orderId: string; readonly code: AttentionCode; readonly detail: string; readonly refundId?: string }
>;
export type OrderAttentionResolved = DomainEvent<
  'order.attention-resolved.v1',
  { readonly orderId: string; readonly code: AttentionCode; readonly refundId?: string }
>;
/** A person wants the refused capture, or release, of the payment to be asked for again. */
export type OrderPaymentRetryRequested = DomainEvent<'order.payment-retry-requested.v1', { readonly orderId: string }>;

export type OrderEvent =
  | OrderOpened
  | OrderConfirmed
  | OrderRejected
  | OrderCancellationRequested
  | OrderCancelled
  | OrderShipmentCreated
  | OrderShipmentDelivered
  | OrderCompleted
  | OrderRefundRequested
  | OrderRefundFailed
  | OrderAttentionNeeded
  | OrderAttentionResolved
  | OrderPaymentRetryRequested;

export const orderPersonalFields: PersonalFields = {
  'order.opened.v1': { person: 'personId', fields: ['personal'] },
};

export const orderTypedFields: FieldPaths = {
  'order.opened.v1': ['reference'],
  'order.cancellation-requested.v1': ['reason'],
  'order.refund-requested.v1': ['reason'],
};
