import type { Attention } from '../../domain/order/index.js';
import type { PricingBasis } from '../../domain/pricing/index.js';
import type {
  Address,
  AppliedTax,
  LineItem,
  LinePart,
  Money,
  PricedShipping,
  ShortLine,
  TaxDestination,
  Totals,
} from '../../domain/shared/index.js';
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

export interface OrderLine extends LineItem {
  quantityShipped: number;
  /** Decided; what is neither shipped nor cancelled is open. */
  quantityCancelled: number;
}

export interface OrderRefund {
  readonly refundId: string;
  readonly amount: Money;
  status: 'requested' | 'refunded' | 'failed';
  readonly requestedAt: string;
  /** In the words of staff, for staff. */
  readonly reason: string;
  /** Why the provider refused it. */
  code?: string;
}

/** Why the order needs a person. */
export interface OrderAttention extends Attention {
  readonly at: string;
}

export interface OrderShipment {
  readonly shipmentId: string;
  readonly createdAt: string;
  readonly lines: readonly LinePart[];
  status: 'created' | 'booked' | 'delivered';
  carrier?: string;
  trackingNumber?: string;
  deliveredAt?: string;
}

/** An order with its payment and shipments. Id: the orderId. */
export interface OrderDocument {
  orderId: string;
  orderNumber: string;
  /** What orders are found by: the number without case, blanks and dashes. */
  numberKey: string;
  reference?: string;
  customerId?: string;
  status: OrderStatus;
  lines: readonly OrderLine[];
  totals: Totals;
  /** The total without what was cancelled: what the buyer pays in the end, before refunds. */
  currentTotal: Money;
  readonly taxes: readonly AppliedTax[];
  readonly shippingMethod: string;
  readonly shippingCost: PricedShipping;
  readonly pricing: PricingBasis;
  readonly destination: TaxDestination;
  /** Null until money was asked for. */
  payment: PaymentBalance | null;
  shipments: OrderShipment[];
  /** Oldest first. */
  refunds: OrderRefund[];
  attention: readonly OrderAttention[];
  /** What orders that need a person are found by; absent where none is needed. */
  needsAttention?: true;
  /** Null once the person is forgotten. */
  email: string | null;
  /** What orders are found by: the e-mail in its normal form. */
  emailKey: string | null;
  shippingAddress: Address | null;
  /** Where one was given. */
  billingAddress?: Address;
  placedAt: string;
  /** Revision of the order's own stream; payment and carrier do not change it. */
  version: number;
  rejection?: { readonly code: string; readonly detail: string; readonly lines?: readonly ShortLine[] };
}

type Hidden = 'customerId' | 'emailKey' | 'numberKey' | 'needsAttention';

/** What those see who may see the order. */
export type BuyersOrderView = Omit<OrderDocument, Hidden | 'refunds' | 'attention'> & {
  readonly refunds: readonly Omit<OrderRefund, 'reason' | 'code'>[];
};

/** What staff sees besides. */
export type StaffOrderView = Omit<OrderDocument, Hidden>;
export type OrderView = BuyersOrderView | StaffOrderView;

export function staffOrderView(doc: OrderDocument): StaffOrderView {
  const { customerId: _customer, emailKey: _email, numberKey: _number, needsAttention: _flag, ...view } = doc;
  return view;
}

export function buyersOrderView(doc: OrderDocument): BuyersOrderView {
  const { attention: _attention, refunds, ...view } = staffOrderView(doc);
  return { ...view, refunds: refunds.map(({ reason: _reason, code: _code, ...refund }) => refund) };
}

/** Order numbers have no letters that look like digits, so that whoever hears or reads one may write it otherwise. */
export const numberKey = (orderNumber: string): string =>
  orderNumber
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
