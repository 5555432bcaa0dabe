/**
 * Where in the long streams of stock an order's own events are: revisions of `inventory-{sku}`, ascending, by SKU. All
 * else of an order's history stands in streams of its own. At most a handful of revisions a line. Id: the orderId.
 */
export interface OrderHistoryDocument {
  orderId: string;
  stock: Record<string, number[]>;
}
