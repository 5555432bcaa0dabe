import type {
  OrderCancellationRequested,
  OrderShipmentCreated,
  OrderShipmentDelivered,
} from '../../domain/order/index.js';
import type { ShipmentBooked } from '../../domain/shipping/index.js';
import type { OrderDocument, OrderShipment } from './order-document.js';

type Delivery = Pick<OrderShipmentDelivered['data'], 'shipmentId' | 'deliveredAt'>;

// Folds of shipments and cancellations. Each changes the order that it is given and returns it.

export function shipmentCreated(order: OrderDocument, data: OrderShipmentCreated['data']): OrderDocument {
  const { shipmentId, createdAt, lines, carrier, trackingNumber, complete } = data;
  order.shipments.push({
    shipmentId,
    createdAt,
    lines,
    status: 'created',
    ...(carrier === undefined ? {} : { carrier }),
    ...(trackingNumber === undefined ? {} : { trackingNumber }),
  });
  order.status = complete ? 'shipped' : 'partially-shipped';
  for (const { lineId, quantity } of lines) {
    for (const line of order.lines) if (line.lineId === lineId) line.quantityShipped += quantity;
  }
  return order;
}

/** Counts all open units as cancelled from the decision on. */
export function cancellationRequested(
  order: OrderDocument,
  { remaining }: OrderCancellationRequested['data'],
): OrderDocument {
  for (const line of order.lines) line.quantityCancelled = line.quantity - line.quantityShipped;
  order.currentTotal = remaining;
  return order;
}

/** The carrier's answer may come after the parcel was handed over. */
export function shipmentBooked(order: OrderDocument, data: ShipmentBooked['data']): OrderDocument {
  const shipment = find(order, data.shipmentId);
  if (shipment === undefined) return order;
  if (shipment.status === 'created') shipment.status = 'booked';
  shipment.carrier = data.carrier;
  shipment.trackingNumber = data.trackingNumber;
  return order;
}

export function shipmentDelivered(order: OrderDocument, { shipmentId, deliveredAt }: Delivery): OrderDocument {
  const shipment = find(order, shipmentId);
  if (shipment === undefined) return order;
  shipment.status = 'delivered';
  shipment.deliveredAt = deliveredAt;
  return order;
}

/** Sets the status after a cancellation of the whole order, or of what had not shipped. */
export function cancelled(order: OrderDocument, wholly: boolean): OrderDocument {
  if (wholly) order.status = 'cancelled';
  else order.status = order.shipments.every(({ status }) => status === 'delivered') ? 'delivered' : 'shipped';
  return order;
}

const find = (order: OrderDocument, shipmentId: string): OrderShipment | undefined =>
  order.shipments.find((one) => one.shipmentId === shipmentId);
