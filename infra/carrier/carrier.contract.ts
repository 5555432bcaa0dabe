import type { Carrier, Consignment } from './carrier.js';

const consignment = (shipmentId: string): Consignment => ({
  shipmentId,
  shippingMethod: 'standard',
  lines: [{ sku: 'MUG-1', quantity: 2 }],
});

/** What every carrier promises. */
export function carrierContract(open: () => Carrier): void {
  it('books a consignment with a carrier and a tracking number', async () => {
    const booking = await open().book(consignment('7f9a2d53-3bb0-4a44-9a43-3fb9e6c4a001'));
    expect(booking.carrier).not.toBe('');
    expect(booking.trackingNumber).not.toBe('');
  });

  it('answers the same when the same shipment is booked again', async () => {
    const carrier = open();
    const shipmentId = '7f9a2d53-3bb0-4a44-9a43-3fb9e6c4a002';
    expect(await carrier.book(consignment(shipmentId))).toEqual(await carrier.book(consignment(shipmentId)));
  });

  it('gives every shipment a tracking number of its own', async () => {
    const carrier = open();
    const numbers = new Set<string>();
    for (let index = 0; index < 200; index += 1) {
      numbers.add((await carrier.book(consignment(`shipment-${index}`))).trackingNumber);
    }
    expect(numbers.size).toBe(200);
  });
}
