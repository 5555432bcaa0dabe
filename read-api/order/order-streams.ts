import type { OrderEvent, OrderOpened } from '../../domain/order/index.js';
import { streamOf } from '../../domain/shared/index.js';
import { asEvent, type EventStore, type RecordedEvent } from '../../infra/event-store/index.js';

/** The streams of one order, its payment and its shipments, each read whole: they are short. */
export interface OrderStreams {
  readonly opened: OrderOpened['data'];
  readonly order: readonly RecordedEvent[];
  readonly payment: readonly RecordedEvent[];
  readonly shipments: readonly RecordedEvent[];
}

/** Null where there is no such order. */
export async function readOrderStreams(log: EventStore, orderId: string): Promise<OrderStreams | null> {
  const order = await readStream(log, streamOf('order', orderId));
  const events = order.map((event) => asEvent<OrderEvent>(event));
  const [opening] = events;
  if (opening?.type !== 'order.opened.v1') return null;
  const { data: opened } = opening;
  const [payment, ...shipments] = await Promise.all([
    readStream(log, streamOf('payment', opened.paymentId)),
    ...shipmentsIn(events).map((id) => readStream(log, streamOf('shipment', id))),
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

const shipmentsIn = (events: readonly OrderEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'order.shipment-created.v1' ? [event.data.shipmentId] : []));
