import type { ShippingEvent } from '../../domain/shipping/index.js';
import { outwardOf } from './definition.js';
import { listOf, object, text, time } from '../../domain/shared/schema.js';
import { SkuQuantity } from '../../domain/shared/index.js';

const told = outwardOf<ShippingEvent>();
const ofShipment = { shipmentId: text(), orderId: text() };

export const shippingEvents = [
  told('shipment.booked.v1', {
    description: 'A carrier takes it.',
    data: object({ ...ofShipment, lines: listOf(SkuQuantity), carrier: text(), trackingNumber: text() }),
  }),
  told('shipment.delivered.v1', {
    description: 'The carrier handed it over.',
    data: object({ ...ofShipment, deliveredAt: time() }),
  }),
];
