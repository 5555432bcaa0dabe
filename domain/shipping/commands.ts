import type { SkuQuantity } from '../shared/commerce.js';

/** Satisfied when booked already. */
export interface BookShipment {
  readonly type: 'book-shipment';
  readonly shipmentId: string;
  readonly orderId: string;
  readonly lines: readonly SkuQuantity[];
  readonly carrier: string;
  readonly trackingNumber: string;
}
/** Satisfied when delivered already. */
export interface RecordDelivery {
  readonly type: 'record-delivery';
  readonly deliveredAt: string;
}

export type ShippingCommand = BookShipment | RecordDelivery;
