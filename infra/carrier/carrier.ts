import type { SkuQuantity } from '../../domain/shared/commerce.js';

export interface Consignment {
  /** Also the carrier's idempotency key: booking it again answers the same. */
  readonly shipmentId: string;
  readonly shippingMethod: string;
  readonly lines: readonly SkuQuantity[];
}

export interface Booking {
  readonly carrier: string;
  readonly trackingNumber: string;
}

/** Whoever takes parcels to buyers. */
export interface Carrier {
  /** @throws when the carrier does not answer; the saga asks again. */
  book(consignment: Consignment): Promise<Booking>;
}
