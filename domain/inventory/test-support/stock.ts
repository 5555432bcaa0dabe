import type {
  Allocation,
  InventoryEvent,
  ReservationClosed,
  StockAdjusted,
  StockCommitted,
  StockReceived,
  StockReleased,
  StockReserved,
} from '../events.js';
import { inventoryDecider } from '../decider.js';

export const sku = 'TEA-1';
export const expiresAt = '2026-11-22T12:00:00.000Z';

/** `{ north: 2, south: 1 }` as allocations, in that order. */
export const units = (places: Readonly<Record<string, number>>): readonly Allocation[] =>
  Object.entries(places).map(([location, quantity]) => ({ location, quantity }));

const available = 0;

/** How many an event leaves is held to a law of stock, whatever came before; here no event has to say it. */
export const decidingWithoutAvailable: typeof inventoryDecider = {
  ...inventoryDecider,
  decide: (command, state) => {
    const decision = inventoryDecider.decide(command, state);
    return decision.accepted ? { ...decision, events: decision.events.map(withoutAvailable) } : decision;
  },
};

const withoutAvailable = (event: InventoryEvent): InventoryEvent =>
  !('available' in event.data) ? event : ({ ...event, data: { ...event.data, available } } as InventoryEvent);

export const received = (quantity: number, location = 'default'): StockReceived => ({
  type: 'inventory.received.v1',
  data: { sku, location, quantity, available },
});

export const adjusted = (quantity: number, location = 'default'): StockAdjusted => ({
  type: 'inventory.adjusted.v1',
  data: { sku, location, quantity, reason: 'stocktaking', available },
});

export const reserved = (orderId: string, places: Readonly<Record<string, number>>): StockReserved => ({
  type: 'inventory.reserved.v1',
  data: { sku, orderId, allocations: units(places), expiresAt, available },
});

export const released = (orderId: string, places: Readonly<Record<string, number>>): StockReleased => ({
  type: 'inventory.released.v1',
  data: { sku, orderId, allocations: units(places), reason: 'order rejected', available },
});

export const closed = (orderId: string, expiry = expiresAt): ReservationClosed => ({
  type: 'inventory.reservation-closed.v1',
  data: { sku, orderId, expiresAt: expiry },
});

export const committed = (
  orderId: string,
  shipmentId: string,
  places: Readonly<Record<string, number>>,
): StockCommitted => ({
  type: 'inventory.committed.v1',
  data: { sku, orderId, shipmentId, allocations: units(places) },
});
