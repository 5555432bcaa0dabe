import { createHash } from 'node:crypto';
import type { Booking, Carrier, Consignment } from '../carrier.js';

/** Who carries which shipping method, with the prefix of its tracking numbers. Prices are the pricing policy's. */
const carriers: ReadonlyMap<string, { readonly name: string; readonly prefix: string }> = new Map([
  ['standard', { name: 'Parcel Post', prefix: 'PP' }],
  ['express', { name: 'Swift Express', prefix: 'SX' }],
  ['overnight', { name: 'Swift Express', prefix: 'SX' }],
]);

const DEFAULT_CARRIER = { name: 'Parcel Post', prefix: 'PP' };

/** A carrier that needs no network: who comes follows from the shipping method, the tracking number from the shipment. */
export const createTableRateCarrier = (): Carrier => ({ book });

async function book({ shipmentId, shippingMethod }: Consignment): Promise<Booking> {
  const { name, prefix } = carriers.get(shippingMethod) ?? DEFAULT_CARRIER;
  return { carrier: name, trackingNumber: `${prefix}${digitsOf(shipmentId)}` };
}

/** Fourteen digits of a hash: that any two of a million shipments share them has a chance of half a percent. */
function digitsOf(shipmentId: string): string {
  const hash = createHash('sha256').update(shipmentId).digest();
  return String(hash.readUIntBE(0, 6) % 1e14).padStart(14, '0');
}
