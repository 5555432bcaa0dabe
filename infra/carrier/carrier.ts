import type { SkuQuantity } from '../../domain/shared/commerce.js';

export interface Consignment {
  /** Also the carrier's idempotency key: a repeated booking has the same answer. */
  readonly shipmentId: string;
  readonly shippingMethod: string;
  readonly lines: readonly SkuQuantity[];
}

export interface Booking {
  readonly carrier: string;
  readonly trackingNumber: string;
}

/** Takes parcels to buyers. */
export interface Carrier {
  /** @throws Error the carrier does not answer; the saga tries again */
  book(consignment: Consignment): Promise<Booking>;
}
