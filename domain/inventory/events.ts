import type { DomainEvent } from '../shared/decider.js';

// These types are the storage format of streams `inventory-{sku}`: never edit one, add a version and an upcaster.

/** Units at one location. */
export interface Allocation {
  readonly location: string;
  readonly quantity: number;
}

export type StockReceived = DomainEvent<
  'inventory.received.v1',
  { readonly sku: string; readonly location: string; readonly quantity: number }
>;
/** `quantity` is signed. */
export type StockAdjusted = DomainEvent<
  'inventory.adjusted.v1',
  { readonly sku: string; readonly location: string; readonly quantity: number; readonly reason: string }
>;
export type StockReserved = DomainEvent<
  'inventory.reserved.v1',
  {
    readonly sku: string;
    readonly orderId: string;
    readonly allocations: readonly Allocation[];
    /**
     * When the checkout saga gives the hold up unless the order is confirmed before, RFC 3339 UTC; the saga's timer decides,
     * not the stock.
     */
    readonly expiresAt: string;
    /** Keyed hash of whose checkout it is, where what a client may hold is limited. */
    readonly client?: string;
    /** Earlier orders of the client that were found confirmed: what they hold is not counted as the client's any more. */
    readonly settled?: readonly string[];
  }
>;
/** What the hold still had goes back to the shelf; the hold leaves the state. */
export type StockReleased = DomainEvent<
  'inventory.released.v1',
  {
    readonly sku: string;
    readonly orderId: string;
    readonly allocations: readonly Allocation[];
    readonly reason: string;
  }
>;
/** Shipped: the units leave on-hand and the hold. */
export type StockCommitted = DomainEvent<
  'inventory.committed.v1',
  {
    readonly sku: string;
    readonly orderId: string;
    readonly shipmentId: string;
    readonly allocations: readonly Allocation[];
  }
>;

export type InventoryEvent = StockReceived | StockAdjusted | StockReserved | StockReleased | StockCommitted;
