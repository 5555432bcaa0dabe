import type { JsonObject } from '../shared/index.js';
import { countUnsettled } from './evolve.js';
import { emptyStock } from './state.js';
import type { Hold, InventoryState } from './state.js';

// Rows rather than objects: a hot SKU's snapshot holds thousands of them.
type LocationRow = readonly [location: string, onHand: number, reserved: number];
type AllocationRow = readonly [location: string, quantity: number];
type HoldRow = readonly [
  orderId: string,
  quantity: number,
  allocations: readonly AllocationRow[],
  shipmentIds: readonly string[],
  client: string | null,
];
type Snapshot = {
  readonly onHand: number;
  readonly reserved: number;
  readonly locations: readonly LocationRow[];
  readonly holds: readonly HoldRow[];
};

/** The folded stock as JSON; reading it back gives a state of its own that equals the folded one. */
export const inventorySnapshot = {
  version: 3,
  write: ({ onHand, reserved, locations, holds }: InventoryState): JsonObject => {
    const snapshot: Snapshot = {
      onHand,
      reserved,
      locations: Array.from(locations, ([location, stock]) => [location, stock.onHand, stock.reserved]),
      holds: Array.from(holds, holdRow),
    };
    return snapshot;
  },
  read: (json: JsonObject): InventoryState => {
    const { onHand, reserved, locations, holds } = json as Snapshot;
    const state: InventoryState = {
      ...emptyStock(),
      onHand,
      reserved,
      locations: new Map(locations.map(([location, units, held]) => [location, { onHand: units, reserved: held }])),
      holds: new Map(holds.map((row) => [row[0], holdOf(row)])),
    };
    for (const [orderId, hold] of state.holds) countUnsettled(state, orderId, hold);
    return state;
  },
};

const holdRow = ([orderId, hold]: [string, Hold]): HoldRow => [
  orderId,
  hold.quantity,
  hold.allocations.map(({ location, quantity }) => [location, quantity]),
  hold.shipmentIds,
  hold.client ?? null,
];

const holdOf = ([, quantity, allocations, shipmentIds, client]: HoldRow): Hold => ({
  quantity,
  allocations: allocations.map(([location, units]) => ({ location, quantity: units })),
  shipmentIds: [...shipmentIds],
  ...(client === null ? {} : { client }),
});
