import type {
  AttentionView,
  CardTender,
  OrderLineView,
  OrderView,
  RaisedFlag,
  RefundView,
  OrderShipmentView,
} from '../../domain/order/index.js';
import type { PaymentBalance as ShownBalance } from '../../domain/payment/index.js';
import type { Money } from '../../domain/shared/index.js';
import type { Kept } from '../shared/kept.js';

// The documents of orders are what the API shows of them, changed in place by the fold, with what they are found by.

/** Balances of a payment, folded from its facts. */
export type PaymentBalance = Kept<ShownBalance>;
export type OrderLine = Kept<OrderLineView>;
export type OrderShipment = Kept<OrderShipmentView>;
export type OrderCard = Kept<CardTender> & { readonly share: Money };
export type OrderRefund = Kept<RefundView>;

/** An order with its payment and shipments. Id: the orderId. */
export interface OrderDocument extends Kept<Omit<OrderView, 'tenders' | 'attention'>> {
  /** The order number in the form of `numberKey`, for look-ups. */
  numberKey: string;
  customerId?: string;
  lines: readonly OrderLine[];
  payment: PaymentBalance | null;
  /** What gift cards pay, with what each pays in the end. */
  cards: OrderCard[];
  /** What the provider is asked for. */
  asked: Money;
  shipments: OrderShipment[];
  refunds: OrderRefund[];
  /** The flags that are raised. */
  attention: readonly RaisedFlag[];
  /** What orders are found by that need a person, or will where they stay pending; absent of others. */
  needsAttention?: true;
  /** Keys of names, postal codes, parcels and payments that support finds it by. */
  words: readonly string[];
  /** What orders are found by: the e-mail in its normal form. */
  emailKey: string | null;
}

type Hidden = 'asked' | 'cards' | 'customerId' | 'emailKey' | 'numberKey' | 'needsAttention' | 'words';

/** What staff sees. */
export type StaffOrderView = Omit<OrderDocument, Hidden | 'attention'> &
  Pick<OrderView, 'tenders'> & { readonly attention: readonly AttentionView[] };
/** What those see who may see the order: not why it is cared for. */
export type BuyersOrderView = OrderView & Required<Pick<OrderView, 'refunds'>>;
