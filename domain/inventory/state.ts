import type { JsonObject } from '../shared/index.js';
import type {
  Allocation,
  InventoryEvent,
  ReservationClosed,
  StockCommitted,
  StockReleased,
  StockReserved,
} from './events.js';

/** The stock at one location; 0 ≤ reserved ≤ on hand. */
export interface LocationStock {
  onHand: number;
  reserved: number;
}

/** The units of this SKU that an order holds. It leaves the state with its last unit, or when it is released. */
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
  /** Orders that were given nothing and may not reserve any more: id → when their hold would have expired, ms since the epoch. */
  readonly closed: Map<string, number>;
}

/** An order is forgotten once another was closed whose hold expires so much later: nobody sends its reservation any more. */
const CLOSED_KEPT_MS = 24 * 60 * 60_000;

export const initialState = (): InventoryState => ({
  onHand: 0,
  reserved: 0,
  unsettled: new Map(),
  locations: new Map(),
  holds: new Map(),
  closed: new Map(),
});

/** Changes the state in place: an event costs what its own hold and locations cost, however many others there are. */
export function evolve(state: InventoryState, event: InventoryEvent): InventoryState {
  switch (event.type) {
    case 'inventory.received.v1':
    case 'inventory.adjusted.v1':
      changeOnHand(state, event.data.location, event.data.quantity);
      return state;
    case 'inventory.reserved.v1':
      reserve(state, event.data);
      return state;
    case 'inventory.released.v1':
      release(state, event.data);
      return state;
    case 'inventory.reservation-closed.v1':
      close(state, event.data);
      return state;
    case 'inventory.committed.v1':
      commit(state, event.data);
      return state;
    default:
      event satisfies never;
      return state;
  }
}

function changeOnHand(state: InventoryState, location: string, quantity: number): void {
  stockAt(state, location).onHand += quantity;
  state.onHand += quantity;
}

function reserve(state: InventoryState, { orderId, allocations, client, settled }: StockReserved['data']): void {
  for (const id of settled ?? []) settle(state, id);
  for (const { location, quantity } of allocations) {
    stockAt(state, location).reserved += quantity;
    state.reserved += quantity;
  }
  const hold = {
    quantity: unitsOf(allocations),
    allocations,
    shipmentIds: [],
    ...(client === undefined ? {} : { client }),
  };
  state.holds.set(orderId, hold);
  countUnsettled(state, orderId, hold);
}

/** Ends the count of a hold as its client's, as the order is confirmed. */
function settle({ holds, unsettled }: InventoryState, orderId: string, hold = holds.get(orderId)): void {
  if (hold?.client === undefined) return;
  const held = unsettled.get(hold.client);
  held?.delete(orderId);
  // A client that holds nothing leaves the state.
  if (held?.size === 0) unsettled.delete(hold.client);
  delete hold.client;
}

function release(state: InventoryState, { orderId, allocations }: StockReleased['data']): void {
  unreserve(state, allocations);
  settle(state, orderId);
  state.holds.delete(orderId);
}

/** Keeps an order from reserving later, and forgets the earliest ones that need it no more. */
function close({ closed }: InventoryState, { orderId, expiresAt }: ReservationClosed['data']): void {
  const expiry = Date.parse(expiresAt);
  closed.set(orderId, expiry);
  for (const [earliest, itsExpiry] of closed) {
    if (expiry - itsExpiry <= CLOSED_KEPT_MS) return;
    closed.delete(earliest);
  }
}

/** Counts a hold as its client's until its order is known to be confirmed. */
export function countUnsettled({ unsettled }: InventoryState, orderId: string, { client, allocations }: Hold): void {
  if (client === undefined) return;
  const units = unitsOf(allocations);
  const held = unsettled.get(client);
  if (held === undefined) unsettled.set(client, new Map([[orderId, units]]));
  else held.set(orderId, units);
}

function unreserve(state: InventoryState, allocations: readonly Allocation[]): void {
  for (const { location, quantity } of allocations) {
    stockAt(state, location).reserved -= quantity;
    state.reserved -= quantity;
  }
}

function commit(state: InventoryState, { orderId, shipmentId, allocations }: StockCommitted['data']): void {
  unreserve(state, allocations);
  for (const { location, quantity } of allocations) changeOnHand(state, location, -quantity);
  const hold = state.holds.get(orderId);
  if (hold === undefined) return;
  // Only a confirmed order ships.
  settle(state, orderId, hold);
  hold.allocations = without(hold.allocations, allocations);
  hold.shipmentIds = [...hold.shipmentIds, shipmentId];
  if (hold.allocations.length === 0) state.holds.delete(orderId);
}

function stockAt(state: InventoryState, location: string): LocationStock {
  let stock = state.locations.get(location);
  if (stock === undefined) {
    stock = { onHand: 0, reserved: 0 };
    state.locations.set(location, stock);
  }
  return stock;
}

export function unitsOf(allocations: readonly Allocation[]): number {
  let units = 0;
  for (const allocation of allocations) units += allocation.quantity;
  return units;
}

/** Subtracts `taken` from allocations; locations without units are left out. */
function without(allocations: readonly Allocation[], taken: readonly Allocation[]): readonly Allocation[] {
  const left: Allocation[] = [];
  for (const { location, quantity } of allocations) {
    const gone = taken.find((other) => other.location === location)?.quantity ?? 0;
    if (quantity > gone) left.push({ location, quantity: quantity - gone });
  }
  return left;
}

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
  readonly closed: readonly (readonly [orderId: string, expiry: number])[];
};

/** The folded stock as JSON; reading it back gives a state of its own that equals the folded one. */
export const inventorySnapshot = {
  version: 4,
  write: ({ onHand, reserved, locations, holds, closed }: InventoryState): JsonObject => {
    const snapshot: Snapshot = {
      onHand,
      reserved,
      locations: Array.from(locations, ([location, stock]) => [location, stock.onHand, stock.reserved]),
      holds: Array.from(holds, holdRow),
      closed: [...closed],
    };
    return snapshot;
  },
  read: (json: JsonObject): InventoryState => {
    const { onHand, reserved, locations, holds, closed } = json as Snapshot;
    const state: InventoryState = {
      ...initialState(),
      onHand,
      reserved,
      locations: new Map(locations.map(([location, units, held]) => [location, { onHand: units, reserved: held }])),
      holds: new Map(holds.map((row) => [row[0], holdOf(row)])),
      closed: new Map(closed),
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
