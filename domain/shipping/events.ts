import type { SkuQuantity } from '../shared/commerce.js';
import type { DomainEvent } from '../shared/decider.js';

// These types are the storage format of streams `shipment-{shipmentId}`: never edit one, add a version and an upcaster.

export type ShipmentBooked = DomainEvent<
  'shipment.booked.v1',
  {
    readonly shipmentId: string;
    readonly orderId: string;
    readonly lines: readonly SkuQuantity[];
    readonly carrier: string;
    readonly trackingNumber: string;
  }
>;
export type ShipmentDelivered = DomainEvent<
  'shipment.delivered.v1',
  { readonly shipmentId: string; readonly orderId: string; readonly deliveredAt: string }
>;

export type ShippingEvent = ShipmentBooked | ShipmentDelivered;
