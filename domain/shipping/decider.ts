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

type Decided = Decision<ShippingEvent>;

export function bookShipment(command: BookShipment, state: ShipmentState): Decided {
  if (state.status !== 'none') return accept();
  const { shipmentId, orderId, lines, carrier, trackingNumber } = command;
  return accept({ type: 'shipment.booked.v1', data: { shipmentId, orderId, lines, carrier, trackingNumber } });
}

export function recordDelivery({ deliveredAt }: RecordDelivery, state: ShipmentState): Decided {
  if (state.status === 'none') return refuse('SHIPMENT.NOT_FOUND', 'There is no such shipment at a carrier.');
  if (state.status === 'delivered') return accept();
  const { shipmentId, orderId } = state;
  return accept({ type: 'shipment.delivered.v1', data: { shipmentId, orderId, deliveredAt } });
}

function decide(command: ShippingCommand, state: ShipmentState): Decided {
  switch (command.type) {
    case 'book-shipment':
      return bookShipment(command, state);
    case 'record-delivery':
      return recordDelivery(command, state);
    default:
      return command satisfies never;
  }
}

function evolve(state: ShipmentState, event: ShippingEvent): ShipmentState {
  if (event.type === 'shipment.booked.v1') return { ...event.data, status: 'booked' };
  return state.status === 'none' ? state : { ...state, status: 'delivered', deliveredAt: event.data.deliveredAt };
}

export const shipmentDecider: Decider<ShipmentState, ShippingCommand, ShippingEvent> = {
  initialState: () => ({ status: 'none' }),
  decide,
  evolve,
};

/** `shipment-{shipmentId}`. */
export const shipmentAggregate: Aggregate<ShipmentState, ShippingCommand, ShippingEvent> = {
  category: 'shipment',
  decider: shipmentDecider,
};
