import type { DomainEvent } from '../shared/decider.js';
import type { FieldPaths } from '../shared/personal-data.js';

// These types are the storage format of streams `inventory-{sku}`: never edit one, add a version and an upcaster.

/** Units at one location. */
export interface Allocation {
  readonly location: string;
  readonly quantity: number;
}

/** The availability after the event, so that a read of it needs one event and not the whole stream. */
type Availability = {
  /** Units of the SKU that can be sold after it: on hand − reserved, over all locations. */
  readonly available: number;
};

export type StockReceived = DomainEvent<
  'inventory.received.v1',
  Availability & { readonly sku: string; readonly location: string; readonly quantity: number }
>;
/** `quantity` is signed. The reason is free text of staff; it is not sealed, as stock belongs to no person. */
export type StockAdjusted = DomainEvent<
  'inventory.adjusted.v1',
  Availability & { readonly sku: string; readonly location: string; readonly quantity: number; readonly reason: string }
>;
export type StockReserved = DomainEvent<
  'inventory.reserved.v1',
  Availability & {
    readonly sku: string;
    readonly orderId: string;
    readonly allocations: readonly Allocation[];
    /**
     * When the checkout saga releases the hold unless the order is confirmed before, RFC 3339 UTC; the saga's timer decides,
     * not the stock.
     */
    readonly expiresAt: string;
    /** Keyed hash of whose checkout it is, where what a client may hold is limited. */
    readonly client?: string;
    /** Earlier orders of the client that were found confirmed: what they hold is not counted as the client's any more. */
    readonly settled?: readonly string[];
  }
>;
/** The units that the hold still has can be sold again; the hold leaves the state. */
export type StockReleased = DomainEvent<
  'inventory.released.v1',
  Availability & {
    readonly sku: string;
    readonly orderId: string;
    readonly allocations: readonly Allocation[];
    readonly reason: string;
  }
>;
/** The order was given no units that it had asked for and is over: it reserves none any more, whoever sends its command again. */
export type ReservationClosed = DomainEvent<
  'inventory.reservation-closed.v1',
  {
    readonly sku: string;
    readonly orderId: string;
    /** When the hold that it asked for would have expired, RFC 3339 UTC: the order is remembered for a while longer. */
    readonly expiresAt: string;
  }
>;
/** Shipped: the units leave on-hand and the hold, so that what is available stays. */
export type StockCommitted = DomainEvent<
  'inventory.committed.v1',
  {
    readonly sku: string;
    readonly orderId: string;
    readonly shipmentId: string;
    readonly allocations: readonly Allocation[];
  }
>;

export type InventoryEvent =
  | StockReceived
  | StockAdjusted
  | StockReserved
  | StockReleased
  | ReservationClosed
  | StockCommitted;

export const inventoryTypedFields: FieldPaths = { 'inventory.adjusted.v1': ['reason'] };
