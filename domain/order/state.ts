import type { PricingBasis } from '../pricing/index.js';
import { isGiftCard } from '../shared/index.js';
import type {
  AppliedTax,
  GivenDiscount,
  GiftCardShare,
  LinePart,
  Money,
  PricedLine,
  PricedShipping,
  RefundedLine,
  TaxDestination,
  TaxedAmount,
  Totals,
} from '../shared/index.js';
import type {
  Attention,
  IssuedCard,
  OrderAttentionResolved,
  OrderCancelled,
  OrderEvent,
  OrderOpened,
  OrderProcessRepair,
  OrderRefundFailed,
  OrderRefundRequested,
  OrderRejected,
  OrderShipmentCreated,
  OrderShipmentDelivered,
} from './events.js';
import type { Rejection } from './view.js';

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

/** The order as it was placed; nothing of it ever changes. Personal data is not kept: no rule needs it. */
export interface PlacedOrder {
  readonly orderId: string;
  readonly orderNumber: string;
  readonly cartId: string;
  readonly reference?: string;
  readonly customerId?: string;
  readonly channel?: string;
  readonly currency: string;
  /** One a SKU. */
  readonly lines: readonly PricedLine[];
  readonly shipping: PricedShipping;
  readonly totals: Totals;
  readonly discounts?: readonly GivenDiscount[];
  readonly taxes: readonly AppliedTax[];
  readonly pricing: PricingBasis;
  readonly destination: TaxDestination;
  readonly paymentId: string;
  /** What gift cards pay; absent where there is none. */
  readonly tenders?: readonly GiftCardShare[];
  /** The person whose key seals the reasons. */
  readonly personId: string;
}

/** What a person may ask of a process. */
export type Repair = 'retry' | 'compensate';

/** The last repair that was asked of each process; absent where none was since the order came into its status. */
interface Repaired {
  readonly repairs?: ReadonlyMap<string, { readonly repair: Repair; readonly version: number }>;
}

export interface NoOrder {
  readonly status: 'none';
}

/** The checkout reserves stock and authorises the payment. */
export interface PendingOrder extends Repaired {
  readonly status: 'pending';
  readonly order: PlacedOrder;
  readonly cancellationRequested: boolean;
}

/** The order is sold: from its confirmation on. */
export interface ConfirmedOrder extends Repaired {
  readonly status: 'confirmed' | 'partially-shipped' | 'shipped' | 'delivered' | 'completed';
  readonly order: PlacedOrder;
  /** Stays true after the open lines were cancelled; under way while the status is confirmed or partially-shipped. */
  readonly cancellationRequested: boolean;
  /** Units still to be shipped by line; a line without any is not in it, nor is one of gift cards. */
  readonly open: Map<string, number>;
  /** By shipment id, oldest first. */
  readonly shipments: Map<string, OrderShipment>;
  /** The gift cards that were bought with it; null before they are issued. */
  readonly giftCards: readonly IssuedCard[] | null;
  /** By refund id. */
  readonly refunds: Map<string, OrderRefund>;
  /** Sum of the refunds that did not fail, minor units. */
  readonly refunded: number;
  readonly attention: readonly Attention[];
}

export interface RejectedOrder extends Repaired {
  readonly status: 'rejected';
  readonly order: PlacedOrder;
  readonly rejection: Rejection;
}

/** The order is cancelled as a whole. */
export interface CancelledOrder extends Repaired {
  readonly status: 'cancelled';
  readonly order: PlacedOrder;
  readonly wasConfirmed: boolean;
  readonly attention: readonly Attention[];
}

/** The orders that can be flagged for a person. */
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
  readonly lines: readonly RefundedLine[];
  readonly shipping?: TaxedAmount;
  /** What of it goes back to gift cards. */
  readonly tenders?: readonly GiftCardShare[];
  /** What of it is taken off gift cards that were bought with the order. */
  readonly reclaims?: readonly GiftCardShare[];
  readonly failed: boolean;
}

export type Order = PendingOrder | ConfirmedOrder | RejectedOrder | CancelledOrder;
export type OrderState = NoOrder | Order;

/** Transitions of the status; of gift cards alone from confirmed to completed. From partially-shipped, cancelling the open lines leads to shipped or to delivered. */
export const orderStates: Readonly<Record<OrderState['status'], readonly OrderStatus[]>> = {
  none: ['pending'],
  pending: ['confirmed', 'rejected', 'cancelled'],
  confirmed: ['partially-shipped', 'shipped', 'completed', 'cancelled'],
  'partially-shipped': ['shipped', 'delivered'],
  shipped: ['delivered'],
  delivered: ['completed'],
  completed: [],
  rejected: [],
  cancelled: [],
};

export const mayBecome = (state: OrderState, status: OrderStatus): boolean =>
  orderStates[state.status].includes(status);

export const initialState = (): OrderState => ({ status: 'none' });

export const isConfirmed = (state: OrderState): state is ConfirmedOrder => 'open' in state;

/** Checks whether the order was ever confirmed, also where it was cancelled afterwards. */
export const wasConfirmed = (state: OrderState): boolean =>
  isConfirmed(state) || (state.status === 'cancelled' && state.wasConfirmed);

/** Checks whether nothing of the order is shipped: it is paid and issued at its confirmation. */
export const isOfGiftCardsAlone = ({ lines }: PlacedOrder): boolean => lines.every(isGiftCard);

export function allDelivered(state: ConfirmedOrder): boolean {
  for (const shipment of state.shipments.values()) if (shipment.status !== 'delivered') return false;
  return true;
}

/** Events that do not fit the state change nothing. */
export function evolve(state: OrderState, event: OrderEvent): OrderState {
  if (event.type === 'order.opened.v1') return opened(event.data);
  if (state.status === 'none') return state;
  if (event.type === 'order.process-retry-requested.v1') return repaired(state, 'retry', event.data);
  if (event.type === 'order.process-compensation-requested.v1') return repaired(state, 'compensate', event.data);
  if (state.status === 'pending') return evolvePending(state, event);
  if (isConfirmed(state)) return evolveConfirmed(state, event);
  return state.status === 'cancelled' ? flagged(state, event) : state;
}

export const repairKey = ({ process, processId }: Pick<OrderProcessRepair, 'process' | 'processId'>): string =>
  `${process}/${processId}`;

const repaired = (state: Order, repair: Repair, data: OrderProcessRepair): Order => ({
  ...state,
  repairs: new Map([...(state.repairs ?? []), [repairKey(data), { repair, version: data.version }]]),
});

const opened = (data: OrderOpened['data']): PendingOrder => ({
  status: 'pending',
  order: placed(data),
  cancellationRequested: false,
});

function placed({ personal: _personal, ...order }: OrderOpened['data']): PlacedOrder {
  return order;
}

function evolvePending(state: PendingOrder, event: OrderEvent): Order {
  const { order } = state;
  switch (event.type) {
    case 'order.confirmed.v1':
      return confirmed(state);
    case 'order.rejected.v1':
      return { status: 'rejected', order, rejection: rejectionOf(event.data) };
    case 'order.cancellation-requested.v1':
      return { ...state, cancellationRequested: true };
    case 'order.cancelled.v1':
      return { status: 'cancelled', order, wasConfirmed: false, attention: [] };
    default:
      return state;
  }
}

/** What is shown of why the checkout came to nothing. */
export const rejectionOf = ({ code, detail, lines }: OrderRejected['data']): Rejection => ({
  code,
  detail,
  ...(lines === undefined ? {} : { lines }),
});

const confirmed = ({ order, cancellationRequested }: PendingOrder): ConfirmedOrder => ({
  status: 'confirmed',
  order,
  cancellationRequested,
  open: new Map(order.lines.flatMap((line) => (isGiftCard(line) ? [] : [[line.lineId, line.quantity]]))),
  shipments: new Map(),
  giftCards: null,
  refunds: new Map(),
  refunded: 0,
  attention: [],
});

function evolveConfirmed(state: ConfirmedOrder, event: OrderEvent): Order {
  switch (event.type) {
    case 'order.cancellation-requested.v1':
      return { ...state, cancellationRequested: true };
    case 'order.cancelled.v1':
      return cancelled(state, event.data);
    case 'order.shipment-created.v1':
      return shipmentCreated(state, event.data);
    case 'order.shipment-delivered.v1':
      return shipmentDelivered(state, event.data);
    case 'order.gift-cards-issued.v1':
      return { ...state, giftCards: event.data.cards };
    case 'order.completed.v1':
      return { ...state, status: 'completed' };
    case 'order.refund-requested.v1':
      return refundRequested(state, event.data);
    case 'order.refund-failed.v1':
      return refundFailed(state, event.data);
    default:
      return flagged(state, event);
  }
}

function cancelled(state: ConfirmedOrder, { wholly }: OrderCancelled['data']): Order {
  if (wholly) return { status: 'cancelled', order: state.order, wasConfirmed: true, attention: state.attention };
  state.open.clear();
  return { ...state, status: allDelivered(state) ? 'delivered' : 'shipped' };
}

function shipmentCreated(state: ConfirmedOrder, data: OrderShipmentCreated['data']): ConfirmedOrder {
  const { orderId: _, complete, ...shipment } = data;
  for (const { lineId, quantity } of shipment.lines) {
    const left = (state.open.get(lineId) ?? 0) - quantity;
    if (left > 0) state.open.set(lineId, left);
    else state.open.delete(lineId);
  }
  state.shipments.set(shipment.shipmentId, { ...shipment, status: 'created' });
  return { ...state, status: complete ? 'shipped' : 'partially-shipped' };
}

function shipmentDelivered(state: ConfirmedOrder, data: OrderShipmentDelivered['data']): ConfirmedOrder {
  const shipment = state.shipments.get(data.shipmentId);
  if (shipment !== undefined)
    state.shipments.set(data.shipmentId, { ...shipment, status: 'delivered', deliveredAt: data.deliveredAt });
  return data.complete ? { ...state, status: 'delivered' } : state;
}

function refundRequested(state: ConfirmedOrder, data: OrderRefundRequested['data']): ConfirmedOrder {
  const { orderId: _order, personId: _person, reason: _reason, refundId, ...refund } = data;
  state.refunds.set(refundId, { ...refund, failed: false });
  return { ...state, refunded: state.refunded + data.amount.amount };
}

function refundFailed(state: ConfirmedOrder, { refundId, amount }: OrderRefundFailed['data']): ConfirmedOrder {
  const refund = state.refunds.get(refundId);
  if (refund !== undefined) state.refunds.set(refundId, { ...refund, failed: true });
  return { ...state, refunded: state.refunded - amount.amount };
}

function flagged<State extends Flagged>(state: State, event: OrderEvent): State {
  if (event.type === 'order.attention-needed.v1') {
    const { orderId: _, ...flag } = event.data;
    return { ...state, attention: withFlag(state.attention, flag) };
  }
  if (event.type !== 'order.attention-resolved.v1') return state;
  return { ...state, attention: withoutFlag(state.attention, event.data) };
}

/** A code is flagged once an order; of refunds, which may be many, once each. */
export const isSameFlag = (one: Attention, code: string, refundId: string | undefined): boolean =>
  one.code === code && one.refundId === refundId;

/** Adds a flag; for all folds of an order, as `withoutFlag` is. */
export const withFlag = <Flag extends Attention>(flags: readonly Flag[], flag: Flag): readonly Flag[] => [
  ...flags,
  flag,
];

export const withoutFlag = <Flag extends Attention>(
  flags: readonly Flag[],
  { code, refundId }: OrderAttentionResolved['data'],
): readonly Flag[] => flags.filter((one) => !isSameFlag(one, code, refundId));
