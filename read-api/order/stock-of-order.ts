import { streamOf } from '../../domain/shared/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import type { OrderHistoryDocument } from '../../projections/order-history/index.js';

/** What happened to an order's own holds, read by revision: whatever else is in a SKU's stream costs nothing. */
export async function stockOfOrder(
  log: EventStore,
  stock: OrderHistoryDocument['stock'],
): Promise<readonly RecordedEvent[]> {
  const places = Object.entries(stock).flatMap(([sku, revisions]) =>
    revisions.map((from) => ({ stream: streamOf('inventory', sku), from })),
  );
  const events: RecordedEvent[] = [];
  for (const { stream, from } of places) {
    for await (const event of log.read(stream, { from, limit: 1 })) events.push(event);
  }
  return events;
}
