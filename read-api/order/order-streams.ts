import type { OrderOpened, OrderShipmentCreated } from '../../domain/order/index.js';
import { streamOf } from '../../domain/shared/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';

/** The streams that belong to one order alone, each read whole; an order's life is short. */
export interface OrderStreams {
  readonly opened: OrderOpened['data'];
  readonly order: readonly RecordedEvent[];
  readonly payment: readonly RecordedEvent[];
  readonly shipments: readonly RecordedEvent[];
}

/** Null where there is no such order. */
export async function readOrderStreams(log: EventStore, orderId: string): Promise<OrderStreams | null> {
  const order = await readStream(log, streamOf('order', orderId));
  const opening = order[0];
  if (opening === undefined) return null;
  const opened = opening.data as object as OrderOpened['data'];
  const [payment, ...shipments] = await Promise.all([
    readStream(log, streamOf('payment', opened.paymentId)),
    ...shipmentsIn(order).map((id) => readStream(log, streamOf('shipment', id))),
  ]);
  return { opened, order, payment, shipments: shipments.flat() };
}

/** Sorted by position, whose plain text order is the order of the log. */
export const inLogOrder = (events: readonly RecordedEvent[]): RecordedEvent[] =>
  [...events].sort((one, other) => (one.position < other.position ? -1 : 1));

async function readStream(log: EventStore, stream: string): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of log.read(stream)) events.push(event);
  return events;
}

const shipmentsIn = (order: readonly RecordedEvent[]): string[] =>
  order
    .filter(({ type }) => type === 'order.shipment-created.v1')
    .map(({ data }) => (data as object as OrderShipmentCreated['data']).shipmentId);
