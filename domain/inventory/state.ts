import type { Allocation } from './events.js';

/** What lies at one place; 0 ≤ reserved ≤ on hand. */
export interface LocationStock {
  onHand: number;
  reserved: number;
}

/** What an order has put aside of this SKU. It leaves the state with its last unit, or when it is released. */
export interface Hold {
  /** As reserved in the beginning, shipped units included. */
  readonly quantity: number;
  /** What is still held, never empty; units are taken from the first one first. */
  allocations: readonly Allocation[];
  /** Shipments that were taken from it already. */
  shipmentIds: readonly string[];
  /** Counted as this client's until its order is known to be confirmed. */
  client?: string;
}

/** The stock of one SKU. `onHand` and `reserved` are the sums over the locations, kept so that no decision adds them up. */
export interface InventoryState {
  onHand: number;
  reserved: number;
  /** Units in holds that are counted as a client's: by client, then order id. */
  readonly unsettled: Map<string, Map<string, number>>;
  readonly locations: Map<string, LocationStock>;
  /** By order id. */
  readonly holds: Map<string, Hold>;
}

export const emptyStock = (): InventoryState => ({
  onHand: 0,
  reserved: 0,
  unsettled: new Map(),
  locations: new Map(),
  holds: new Map(),
});
