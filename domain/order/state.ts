import type {
  AppliedTax,
  LinePart,
  Money,
  PricedLine,
  PricedShipping,
  ShortLine,
  TaxDestination,
  Totals,
} from '../shared/index.js';
import type { PricingBasis } from '../pricing/index.js';

export type OrderStatus =
  'pending' | 'confirmed' | 'partially-shipped' | 'shipped' | 'delivered' | 'completed' | 'rejected' | 'cancelled';

/** The order as it was placed; nothing of it ever changes. Personal data is not kept: no rule needs it. */
export interface PlacedOrder {
  readonly orderId: string;
  readonly orderNumber: string;
  readonly cartId: string;
  readonly reference?: string;
  readonly customerId?: string;
  readonly currency: string;
  /** One a SKU. */
  readonly lines: readonly PricedLine[];
  readonly shipping: PricedShipping;
  readonly totals: Totals;
  readonly taxes: readonly AppliedTax[];
  readonly pricing: PricingBasis;
  readonly destination: TaxDestination;
  readonly paymentId: string;
}

export interface NoOrder {
  readonly status: 'none';
}

/** Stock and money are being asked for. */
export interface PendingOrder {
  readonly status: 'pending';
  readonly order: PlacedOrder;
  readonly cancellationRequested: boolean;
}

/** Sold: from the confirmation on, until everything that ships has been delivered and captured. */
export interface ConfirmedOrder {
  readonly status: 'confirmed' | 'partially-shipped' | 'shipped' | 'delivered' | 'completed';
  readonly order: PlacedOrder;
  /** Stays true after the open lines were cancelled; under way while the status is confirmed or partially-shipped. */
  readonly cancellationRequested: boolean;
  /** Units still to be shipped by line; a line without any is not in it. */
  readonly open: Map<string, number>;
  /** By shipment id, oldest first. */
  readonly shipments: Map<string, OrderShipment>;
  /** By refund id. */
  readonly refunds: Map<string, OrderRefund>;
  /** Sum of the refunds that did not fail, minor units. */
  readonly refunded: number;
  readonly attention: readonly Attention[];
}

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
export interface Attention {
  readonly code: AttentionCode;
  readonly detail: string;
  /** Of a refund that failed. */
  readonly refundId?: string;
}

export interface RejectedOrder {
  readonly status: 'rejected';
  readonly order: PlacedOrder;
  readonly rejection: Rejection;
}

export interface Rejection {
  readonly code: string;
  readonly detail: string;
  readonly lines?: readonly ShortLine[];
}

/** Nothing of it ships. */
export interface CancelledOrder {
  readonly status: 'cancelled';
  readonly order: PlacedOrder;
  readonly wasConfirmed: boolean;
  readonly attention: readonly Attention[];
}

/** Orders that may need a person. */
export type Flagged = ConfirmedOrder | CancelledOrder;

export interface OrderShipment {
  readonly shipmentId: string;
  readonly createdAt: string;
  readonly lines: readonly LinePart[];
  readonly carrier?: string;
  readonly trackingNumber?: string;
  readonly status: 'created' | 'delivered';
  readonly deliveredAt?: string;
}

export interface OrderRefund {
  readonly amount: Money;
  readonly reason: string;
  readonly failed: boolean;
}

export type Order = PendingOrder | ConfirmedOrder | RejectedOrder | CancelledOrder;
export type OrderState = NoOrder | Order;

export const isConfirmed = (state: OrderState): state is ConfirmedOrder => 'open' in state;

/** Also where all of it was cancelled since. */
export const wasConfirmed = (state: OrderState): boolean =>
  isConfirmed(state) || (state.status === 'cancelled' && state.wasConfirmed);

export const allDelivered = (state: ConfirmedOrder): boolean => {
  for (const shipment of state.shipments.values()) if (shipment.status !== 'delivered') return false;
  return true;
};
