import { accept, refuse } from '../shared/index.js';
import type { Aggregate, Decider, Decision, SkuQuantity } from '../shared/index.js';
import type { BookShipment, RecordDelivery, ShippingCommand } from './commands.js';
import type { ShippingEvent } from './events.js';

interface Parcel {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly lines: readonly SkuQuantity[];
  readonly carrier: string;
  readonly trackingNumber: string;
}

/** A parcel at the carrier. */
export type ShipmentState =
  | { readonly status: 'none' }
  | (Parcel & { readonly status: 'booked' })
  | (Parcel & { readonly status: 'delivered'; readonly deliveredAt: string });

const initialState = (): ShipmentState => ({ status: 'none' });

function evolve(state: ShipmentState, event: ShippingEvent): ShipmentState {
  switch (event.type) {
    case 'shipment.booked.v1':
      return { ...event.data, status: 'booked' };
    case 'shipment.delivered.v1':
      return state.status === 'none' ? state : { ...state, status: 'delivered', deliveredAt: event.data.deliveredAt };
    default:
      return event satisfies never;
  }
}

export function bookShipment(command: BookShipment, state: ShipmentState): Decision<ShippingEvent> {
  if (state.status !== 'none') return accept();
  const { shipmentId, orderId, lines, carrier, trackingNumber } = command;
  return accept({ type: 'shipment.booked.v1', data: { shipmentId, orderId, lines, carrier, trackingNumber } });
}

export function recordDelivery({ deliveredAt }: RecordDelivery, state: ShipmentState): Decision<ShippingEvent> {
  if (state.status === 'none') return refuse('SHIPMENT.NOT_FOUND', 'There is no such shipment at a carrier.');
  if (state.status === 'delivered') return accept();
  const { shipmentId, orderId } = state;
  return accept({ type: 'shipment.delivered.v1', data: { shipmentId, orderId, deliveredAt } });
}

function decide(command: ShippingCommand, state: ShipmentState): Decision<ShippingEvent> {
  switch (command.type) {
    case 'book-shipment':
      return bookShipment(command, state);
    case 'record-delivery':
      return recordDelivery(command, state);
    default:
      return command satisfies never;
  }
}

export const shipmentDecider: Decider<ShipmentState, ShippingCommand, ShippingEvent> = {
  initialState,
  decide,
  evolve,
};

/** Stream `shipment-{shipmentId}`. */
export const shipmentAggregate: Aggregate<ShipmentState, ShippingCommand, ShippingEvent> = {
  category: 'shipment',
  decider: shipmentDecider,
};
