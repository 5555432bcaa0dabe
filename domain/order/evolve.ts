import type {
  OrderCancelled,
  OrderEvent,
  OrderOpened,
  OrderRefundRequested,
  OrderRejected,
  OrderShipmentCreated,
  OrderShipmentDelivered,
} from './events.js';
import { allDelivered, isConfirmed } from './state.js';
import type { ConfirmedOrder, Order, OrderState, PendingOrder, PlacedOrder, Rejection } from './state.js';

/** Events that do not fit the state change nothing. */
export function evolve(state: OrderState, event: OrderEvent): OrderState {
  if (event.type === 'order.opened.v1') return opened(event.data);
  if (state.status === 'none') return state;
  if (state.status === 'pending') return evolvePending(state, event);
  return isConfirmed(state) ? evolveConfirmed(state, event) : state;
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
      return { status: 'cancelled', order, wasConfirmed: false };
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
  open: new Map(order.lines.map(({ sku, quantity }) => [sku, quantity])),
  shipments: new Map(),
  refunds: new Map(),
  refunded: 0,
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
      state.refunds.set(event.data.refundId, { amount: event.data.amount, failed: true });
      return { ...state, refunded: state.refunded - event.data.amount.amount };
    default:
      return state;
  }
}

function cancelled(state: ConfirmedOrder, { wholly }: OrderCancelled['data']): Order {
  if (wholly) return { status: 'cancelled', order: state.order, wasConfirmed: true };
  state.open.clear();
  return { ...state, status: allDelivered(state) ? 'delivered' : 'shipped' };
}

function shipmentCreated(state: ConfirmedOrder, data: OrderShipmentCreated['data']): ConfirmedOrder {
  const { orderId: _, complete, ...shipment } = data;
  for (const { sku, quantity } of shipment.lines) {
    const left = (state.open.get(sku) ?? 0) - quantity;
    if (left > 0) state.open.set(sku, left);
    else state.open.delete(sku);
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
  state.refunds.set(data.refundId, { amount: data.amount, failed: false });
  return { ...state, refunded: state.refunded + data.amount.amount };
}
