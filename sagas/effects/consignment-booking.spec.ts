import { randomUUID } from 'node:crypto';
import type { Consignment } from '../../infra/carrier/index.js';
import { openOrder } from '../test-support/checked-out-cart.js';
import { bySaga, DecidingLog } from '../test-support/deciding-log.js';
import type { BookConsignment } from './commands.js';
import { consignmentBooking } from './consignment-booking.js';

let log: DecidingLog;
let orderId: string;
beforeAll(async () => {
  log = await DecidingLog.open();
  orderId = await openOrder(log);
});
afterAll(() => log.close());

const lines = [{ sku: 'TEA', quantity: 2 }];

/** Books a parcel; answers what the carrier was asked and what is recorded. */
async function booked(said: Partial<BookConsignment>) {
  const asked: Consignment[] = [];
  const carrier = {
    book: async (consignment: Consignment) => {
      asked.push(consignment);
      return { carrier: 'Post', trackingNumber: 'P-1' };
    },
  };
  const shipmentId = randomUUID();
  const command = { type: 'book', orderId, lines, ...said } as const;
  const { reply } = await consignmentBooking(log.executor, carrier)(shipmentId, command, bySaga());
  const [recorded] = await log.events(`shipment-${shipmentId}`);
  return { reply, asked, recorded: recorded?.data, shipmentId };
}

describe('the booking of a parcel', () => {
  it('asks the carrier with the shipping method that the buyer chose', async () => {
    const { reply, asked, recorded, shipmentId } = await booked({});
    expect(asked).toEqual([{ shipmentId, lines, shippingMethod: 'standard' }]);
    expect(recorded).toMatchObject({ shipmentId, orderId, lines, carrier: 'Post', trackingNumber: 'P-1' });
    expect(reply).toEqual({ outcome: 'accepted' });
  });

  it('asks nobody where the shop has booked it itself', async () => {
    const said = { carrier: 'Bike', trackingNumber: 'B-7' };
    const { asked, recorded } = await booked(said);
    expect([asked, recorded]).toEqual([[], expect.objectContaining(said)]);
  });

  it.each([
    ['the carrier', { carrier: 'Bike' }, { carrier: 'Bike', trackingNumber: 'P-1' }],
    ['the tracking number', { trackingNumber: 'B-7' }, { carrier: 'Post', trackingNumber: 'B-7' }],
  ])('keeps %s that the shop has named, and takes the rest from the carrier', async (_, said, expected) => {
    const { asked, recorded } = await booked(said);
    expect([asked.length, recorded]).toEqual([1, expect.objectContaining(expected)]);
  });
});
