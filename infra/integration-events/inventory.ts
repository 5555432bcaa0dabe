import type { InventoryEvent } from '../../domain/inventory/index.js';
import { outwardOf } from './definition.js';
import { count, integer, listOf, object, text, time } from '../../domain/shared/schema.js';

const told = outwardOf<InventoryEvent>();
const sku = text();
const orderId = text();
const allocations = listOf(object({ location: text(), quantity: count() }), 'units by location');

export const inventoryEvents = [
  told('inventory.received.v1', {
    description: 'Units came in.',
    data: object({ sku, location: text(), quantity: count() }),
  }),
  told('inventory.adjusted.v1', {
    description: 'The count of units was put right.',
    data: object({ sku, location: text(), quantity: integer('more, or less where it is below 0') }),
  }),
  told('inventory.reserved.v1', {
    description: 'Units are held for an order.',
    data: object({
      sku,
      orderId,
      allocations,
      expiresAt: time('when the hold is given up unless the order is confirmed before'),
    }),
  }),
  told('inventory.released.v1', {
    description: 'Held units went back to the shelf.',
    data: object({ sku, orderId, allocations }),
  }),
  told('inventory.committed.v1', {
    description: 'Held units were shipped.',
    data: object({ sku, orderId, shipmentId: text(), allocations }),
  }),
];
