import type { Address, Money, ShortLine, SkuQuantity, Totals } from '../../domain/shared/index.js';
import type { PaymentBalance } from '../payment/index.js';

export const ORDER_STATUSES = [
  'pending',
  'confirmed',
  'partially-shipped',
  'shipped',
  'delivered',
  'completed',
  'rejected',
  'cancelled',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export interface OrderLine extends SkuQuantity {
  readonly name: string;
  readonly unitPrice: Money;
  readonly lineTotal: Money;
}

export interface OrderShipment {
  readonly shipmentId: string;
  readonly createdAt: string;
  readonly lines: readonly SkuQuantity[];
  status: 'created' | 'booked' | 'delivered';
  carrier?: string;
  trackingNumber?: string;
  deliveredAt?: string;
}

/** An order with its payment and shipments. Id: the orderId. */
export interface OrderDocument {
  orderId: string;
  orderNumber: string;
  reference?: string;
  customerId?: string;
  status: OrderStatus;
  lines: readonly OrderLine[];
  totals: Totals;
  /** Null until money was asked for. */
  payment: PaymentBalance | null;
  shipments: OrderShipment[];
  /** Null once the person is forgotten. */
  email: string | null;
  /** What orders are found by: the e-mail in its normal form. */
  emailKey: string | null;
  shippingAddress: Address | null;
  placedAt: string;
  /** Revision of the order's own stream; payment and carrier do not change it. */
  version: number;
  rejection?: { readonly code: string; readonly detail: string; readonly lines?: readonly ShortLine[] };
}

/** What those see who may see the order. */
export type OrderView = Omit<OrderDocument, 'customerId' | 'emailKey'>;

export function orderView(doc: OrderDocument): OrderView {
  const { customerId: _customer, emailKey: _key, ...view } = doc;
  return view;
}
