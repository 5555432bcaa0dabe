import { partlyShown } from '../../domain/order/index.js';
import type { OrderView } from '../../domain/order/index.js';
import { presentOrderView } from '../../projections/order/index.js';
import type { OrderDocument } from '../../projections/order/index.js';

/** A row of a list; `lacksSince` is of an order that could not be shown as it is now. */
export interface OrderRow {
  readonly order: OrderDocument;
  readonly lacksSince?: string;
}

/** What staff sees of a row at a time, in milliseconds since the epoch. */
export const staffRow =
  (now: number) =>
  ({ order, lacksSince }: OrderRow): OrderView => {
    const view = presentOrderView(order, now);
    return lacksSince === undefined ? view : { ...view, attention: [...view.attention, partlyShown(lacksSince)] };
  };
