import type {
  OrderCancelled,
  OrderEvent,
  OrderOpened,
  OrderRefundFailed,
  OrderRefundRequested,
  OrderRejected,
  OrderShipmentCreated,
  OrderShipmentDelivered,
} from './events.js';
import { withFlag, withoutFlag } from './attention.js';
import { allDelivered, isConfirmed } from './state.js';
import type { ConfirmedOrder, Flagged, Order, OrderState, PendingOrder, PlacedOrder, Rejection } from './state.js';

/** Events that do not fit the state change nothing. */
export function evolve(state: OrderState, event: OrderEvent): OrderState {
  if (event.type === 'order.opened.v1') return opened(event.data);
  if (state.status === 'none') return state;
  if (state.status === 'pending') return evolvePending(state, event);
  if (isConfirmed(state)) return evolveConfirmed(state, event);
  return state.status === 'cancelled' ? flagged(state, event) : state;
}

const opened = (data: OrderOpened['data']): PendingOrder => ({
  status: 'pending',
  order: placed(data),
  cancellationRequested: false,
});

function placed({ personId: _personId, personal: _personal, ...order }: OrderOpened['data']): PlacedOrder {
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

function rejectionOf({ orderId: _orderId, ...rejection }: OrderRejected['data']): Rejection {
  return rejection;
}

const confirmed = ({ order, cancellationRequested }: PendingOrder): ConfirmedOrder => ({
  status: 'confirmed',
  order,
  cancellationRequested,
  open: new Map(order.lines.map(({ lineId, quantity }) => [lineId, quantity])),
  shipments: new Map(),
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
  state.refunds.set(data.refundId, { amount: data.amount, reason: data.reason, failed: false });
  return { ...state, refunded: state.refunded + data.amount.amount };
}

function refundFailed(state: ConfirmedOrder, { refundId, amount }: OrderRefundFailed['data']): ConfirmedOrder {
  state.refunds.set(refundId, { amount, reason: state.refunds.get(refundId)?.reason ?? '', failed: true });
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
