import type { AttentionView, OrderLineView, OrderView, RefundView, ShipmentView } from '../../domain/order/index.js';
import type { Kept } from '../shared/kept.js';
import type { PaymentBalance } from './payment-balance.js';

// The documents of orders are what the API shows of them, changed in place by the fold, with what they are found by.

export type OrderLine = Kept<OrderLineView>;
export type OrderShipment = Kept<ShipmentView>;
export type OrderRefund = Kept<RefundView>;

/** An order with its payment and shipments. Id: the orderId. */
export interface OrderDocument extends Kept<OrderView> {
  /** The order number in the form of `numberKey`, for look-ups. */
  numberKey: string;
  customerId?: string;
  lines: readonly OrderLine[];
  payment: PaymentBalance | null;
  shipments: OrderShipment[];
  refunds: OrderRefund[];
  attention: readonly AttentionView[];
  /** What orders that need a person are found by; absent where none is needed. */
  needsAttention?: true;
  /** What orders are found by: the e-mail in its normal form. */
  emailKey: string | null;
}

type Hidden = 'customerId' | 'emailKey' | 'numberKey' | 'needsAttention';

/** What staff sees. */
export type StaffOrderView = Omit<OrderDocument, Hidden>;
/** What those see who may see the order: not why it is cared for. */
export type BuyersOrderView = OrderView & Required<Pick<OrderView, 'refunds'>>;

export function staffOrderView(doc: OrderDocument): StaffOrderView {
  const { customerId: _customer, emailKey: _email, numberKey: _number, needsAttention: _flag, ...view } = doc;
  return view;
}

export function buyersOrderView(doc: OrderDocument): BuyersOrderView {
  const { attention: _attention, refunds, ...view } = staffOrderView(doc);
  return { ...view, refunds: refunds.map(({ reason: _reason, code: _code, ...refund }) => refund) };
}

/** Normalises an order number for look-ups: order numbers have no letters that look like digits, so those are read as digits. */
export const numberKey = (orderNumber: string): string =>
  orderNumber
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
