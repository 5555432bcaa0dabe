import { shipmentView } from '../../domain/order/index.js';
import type { OrderEvent, OrderState, ShipmentView } from '../../domain/order/index.js';

/** Shows the shipment that the command created. */
export function createdShipment(state: OrderState, events: readonly OrderEvent[]): ShipmentView {
  for (const event of events) {
    if (event.type === 'order.shipment-created.v1') return shipmentOf(state, event.data.shipmentId);
  }
  throw new RangeError('an accepted command made no shipment');
}

export function shipmentOf(state: OrderState, shipmentId: string): ShipmentView {
  const shipment = shipmentView(state, shipmentId);
  if (shipment === null) throw new RangeError('an accepted command left no shipment');
  return shipment;
}
