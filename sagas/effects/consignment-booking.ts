import { orderAggregate } from '../../domain/order/index.js';
import { shipmentAggregate } from '../../domain/shipping/index.js';
import type { Booking, Carrier } from '../../infra/carrier/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import type { BookConsignment, CarrierCommand } from './commands.js';
import { execute, toDispatched, type Effect } from './aggregate-targets.js';

const nothing = (): null => null;

/** Books a parcel and records it. The carrier knows the parcel by its id: booking it again answers the same. */
export function consignmentBooking(executor: CommandExecutor, carrier: Carrier): Effect<CarrierCommand> {
  const shippingMethodOf = (orderId: string): Promise<string> =>
    executor.query(orderAggregate, orderId, (state) => (state.status === 'none' ? '' : state.order.shipping.method));

  const booking = async (shipmentId: string, command: BookConsignment): Promise<Booking> => {
    const { orderId, lines, carrier: named, trackingNumber } = command;
    if (named !== undefined && trackingNumber !== undefined) return { carrier: named, trackingNumber };
    const booked = await carrier.book({ shipmentId, lines, shippingMethod: await shippingMethodOf(orderId) });
    return { carrier: named ?? booked.carrier, trackingNumber: trackingNumber ?? booked.trackingNumber };
  };

  return async (id, command, context) => {
    const { orderId, lines } = command;
    const booked = await booking(id, command);
    const outcome = await execute(executor, {
      aggregate: shipmentAggregate,
      id,
      creates: true,
      command: { type: 'book-shipment', shipmentId: id, orderId, lines, ...booked },
      context,
      answer: nothing,
    });
    return toDispatched(outcome);
  };
}
