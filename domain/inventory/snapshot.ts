import type { JsonObject } from '../shared/index.js';
import { unitsOf } from './allocations.js';
import { countUnsettled } from './evolve.js';
import { emptyStock } from './state.js';
import type { Hold, InventoryState } from './state.js';

// Rows rather than objects: a hot SKU's snapshot holds thousands of them.
type LocationRow = readonly [location: string, onHand: number, reserved: number];
type AllocationRow = readonly [location: string, quantity: number];
type HoldRow = readonly [
  orderId: string,
  quantity: number,
  firm: boolean,
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
  version: 2,
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
    for (const hold of state.holds.values()) {
      const units = unitsOf(hold.allocations);
      if (hold.firm) state.firm += units;
      else if (hold.client !== undefined) countUnsettled(state, hold.client, units);
    }
    return state;
  },
};

const holdRow = ([orderId, hold]: [string, Hold]): HoldRow => [
  orderId,
  hold.quantity,
  hold.firm,
  hold.allocations.map(({ location, quantity }) => [location, quantity]),
  hold.shipmentIds,
  hold.client ?? null,
];

const holdOf = ([, quantity, firm, allocations, shipmentIds, client]: HoldRow): Hold => ({
  quantity,
  firm,
  allocations: allocations.map(([location, units]) => ({ location, quantity: units })),
  shipmentIds: [...shipmentIds],
  ...(client === null ? {} : { client }),
});
