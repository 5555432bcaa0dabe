import type { InventoryEvent } from '../../domain/inventory/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { readModel } from '../../infra/engine/projections/read-model.js';

/**
 * Where in the long streams of stock an order's own events are: revisions of `inventory-{sku}`, ascending, by SKU. All
 * else of an order's history stands in streams of its own. At most a handful of revisions a line. Id: the orderId.
 */
export interface OrderHistoryDocument {
  orderId: string;
  stock: Record<string, number[]>;
}

type OfHold = RecordedEvent<{ readonly orderId: string; readonly sku: string }>;
type HoldEvent = Extract<InventoryEvent, { readonly data: { readonly orderId: string; readonly allocations: object } }>;

const noted = {
  key: (event: OfHold): string => event.data.orderId,
  evolve: (doc: OrderHistoryDocument | null, { data, revision }: OfHold): OrderHistoryDocument => {
    const history = doc ?? { orderId: data.orderId, stock: {} };
    // A SKU may be named like a member that every object inherits, such as `constructor`.
    if (Object.hasOwn(history.stock, data.sku)) history.stock[data.sku]?.push(revision);
    else history.stock[data.sku] = [revision];
    return history;
  },
};

/** An index from orders to their stock events: a popular SKU's stream is too long to be searched for one order. */
export const orderHistoryReadModel = readModel<OrderHistoryDocument, HoldEvent>({
  name: 'order-history',
  version: 1,
  indexes: [],
  on: {
    'inventory.reserved.v1': noted,
    'inventory.released.v1': noted,
    'inventory.committed.v1': noted,
  },
});
