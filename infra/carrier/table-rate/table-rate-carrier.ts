import { createHash } from 'node:crypto';
import type { Booking, Carrier, Consignment } from '../carrier.js';

/** The carriers by shipping method, with the prefixes of their tracking numbers. The pricing policy has the prices. */
const carriers: ReadonlyMap<string, { readonly name: string; readonly prefix: string }> = new Map([
  ['standard', { name: 'Parcel Post', prefix: 'PP' }],
  ['express', { name: 'Swift Express', prefix: 'SX' }],
  ['overnight', { name: 'Swift Express', prefix: 'SX' }],
]);

const DEFAULT_CARRIER = { name: 'Parcel Post', prefix: 'PP' };

/** A carrier without a network: the shipping method determines the carrier, and the shipment the tracking number. */
export const createTableRateCarrier = (): Carrier => ({ book });

async function book({ shipmentId, shippingMethod }: Consignment): Promise<Booking> {
  const { name, prefix } = carriers.get(shippingMethod) ?? DEFAULT_CARRIER;
  return { carrier: name, trackingNumber: `${prefix}${digitsOf(shipmentId)}` };
}

/** Makes fourteen digits of a hash. Among a million shipments two have the same with a probability of half a percent. */
function digitsOf(shipmentId: string): string {
  const hash = createHash('sha256').update(shipmentId).digest();
  return String(hash.readUIntBE(0, 6) % 1e14).padStart(14, '0');
}
