import type {
  Allocation,
  StockAdjusted,
  StockCommitted,
  StockReceived,
  StockReleased,
  StockReserved,
} from '../events.js';

export const sku = 'TEA-1';
export const expiresAt = '2026-11-22T12:00:00.000Z';

/** `{ north: 2, south: 1 }` as allocations, in that order. */
export const units = (places: Readonly<Record<string, number>>): readonly Allocation[] =>
  Object.entries(places).map(([location, quantity]) => ({ location, quantity }));

export const received = (quantity: number, location = 'default'): StockReceived => ({
  type: 'inventory.received.v1',
  data: { sku, location, quantity },
});

export const adjusted = (quantity: number, location = 'default'): StockAdjusted => ({
  type: 'inventory.adjusted.v1',
  data: { sku, location, quantity, reason: 'stocktaking' },
});

export const reserved = (orderId: string, places: Readonly<Record<string, number>>): StockReserved => ({
  type: 'inventory.reserved.v1',
  data: { sku, orderId, allocations: units(places), expiresAt },
});

export const released = (orderId: string, places: Readonly<Record<string, number>>): StockReleased => ({
  type: 'inventory.released.v1',
  data: { sku, orderId, allocations: units(places), reason: 'order rejected' },
});

export const committed = (
  orderId: string,
  shipmentId: string,
  places: Readonly<Record<string, number>>,
): StockCommitted => ({
  type: 'inventory.committed.v1',
  data: { sku, orderId, shipmentId, allocations: units(places) },
});
