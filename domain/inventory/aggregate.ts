import type { Aggregate } from '../shared/index.js';
import type { InventoryCommand } from './commands.js';
import { inventoryDecider } from './decider.js';
import type { InventoryEvent } from './events.js';
import { inventorySnapshot } from './snapshot.js';
import type { InventoryState } from './state.js';

/** One stream a SKU, `inventory-{sku}`; the id is the SKU. */
export const inventoryAggregate: Aggregate<InventoryState, InventoryCommand, InventoryEvent> = {
  category: 'inventory',
  decider: inventoryDecider,
  snapshot: inventorySnapshot,
};
