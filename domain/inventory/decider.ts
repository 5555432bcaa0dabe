import { accept } from '../shared/index.js';
import type { Aggregate, Decider, Decision } from '../shared/index.js';
import type {
  AdjustStock,
  CommitStock,
  InventoryCommand,
  ReceiveStock,
  ReleaseStock,
  ReserveStock,
} from './commands.js';
import type { Allocation, InventoryEvent } from './events.js';
import * as refusal from './refusals.js';
import { evolve, initialState, inventorySnapshot, unitsOf } from './state.js';
import type { InventoryState, LocationStock } from './state.js';

type Decided = Decision<InventoryEvent>;

const NOTHING: LocationStock = { onHand: 0, reserved: 0 };

const freeIn = ({ onHand, reserved }: InventoryState): number => onHand - reserved;

const isCount = (quantity: number): boolean => Number.isSafeInteger(quantity) && quantity > 0;

export function receiveStock({ sku, location, quantity }: ReceiveStock, state: InventoryState): Decided {
  if (!isCount(quantity)) return refusal.invalidQuantity();
  if (state.onHand + quantity > refusal.MOST_UNITS) return refusal.quantityTooLarge();
  return accept({
    type: 'inventory.received.v1',
    data: { sku, location, quantity, available: freeIn(state) + quantity },
  });
}

export function adjustStock(command: AdjustStock, state: InventoryState): Decided {
  const { sku, location, quantity, reason } = command;
  if (!isCount(Math.abs(quantity))) return refusal.invalidQuantity();
  if (state.onHand + quantity > refusal.MOST_UNITS) return refusal.quantityTooLarge();
  const stock = state.locations.get(location) ?? NOTHING;
  if (stock.onHand - stock.reserved + quantity < 0) return refusal.notEnoughAt(command, stock);
  return accept({
    type: 'inventory.adjusted.v1',
    data: { sku, location, quantity, reason, available: freeIn(state) + quantity },
  });
}

/** @param policy another one only where it is asked what would have been decided by it */
export function reserveStock(command: ReserveStock, state: InventoryState, policy = mostAvailableFirst): Decided {
  const { type: _type, quantity, settled: known = [], ...placed } = command;
  const { sku, orderId, client } = placed;
  if (!isCount(quantity)) return refusal.invalidQuantity();
  const hold = state.holds.get(orderId);
  if (hold !== undefined) {
    return hold.quantity === quantity ? accept() : refusal.alreadyReserved(hold.quantity, quantity);
  }
  if (state.closed.has(orderId)) return refusal.holdNotFound();
  const settled = known.filter((id) => isUnsettled(id, client, state));
  const available = availableTo(client, settled, state);
  if (available < quantity) return refusal.insufficientStock({ sku, requested: quantity, available });
  const allocations = allocate(policy, state.locations, quantity);
  const data = { ...placed, allocations, available: freeIn(state) - quantity };
  return accept({ type: 'inventory.reserved.v1', data: settled.length === 0 ? data : { ...data, settled } });
}

/** Decides which locations the units of a reservation come from. */
export interface ReservationPolicy {
  readonly name: string;
  /** Orders the locations; each gives what it has until there are enough units. */
  readonly inOrder: (locations: ReadonlyMap<string, LocationStock>) => readonly Available[];
}

interface Available {
  readonly location: string;
  readonly available: number;
}

/**
 * Takes the location with the most available units first, ties by name: an order ships from one location where one has
 * enough, and from as few as possible otherwise.
 */
const mostAvailableFirst: ReservationPolicy = {
  name: 'most-available-first',
  inOrder: (locations) => {
    const places: Available[] = [];
    for (const [location, stock] of locations) places.push({ location, available: stock.onHand - stock.reserved });
    return places.length < 2 ? places : places.sort(byMostAvailable);
  },
};

const byMostAvailable = (a: Available, b: Available): number =>
  b.available - a.available || (a.location < b.location ? -1 : 1);

/** Takes `quantity` units by the policy; the caller has made sure that there are enough. */
export function allocate(
  policy: ReservationPolicy,
  locations: ReadonlyMap<string, LocationStock>,
  quantity: number,
): readonly Allocation[] {
  const allocations: Allocation[] = [];
  let missing = quantity;
  for (const { location, available } of policy.inOrder(locations)) {
    const taken = Math.min(available, missing);
    if (taken > 0) allocations.push({ location, quantity: taken });
    missing -= taken;
    if (missing === 0) break;
  }
  return allocations;
}

const isUnsettled = (orderId: string, client: string | undefined, { unsettled }: InventoryState): boolean =>
  client !== undefined && unsettled.get(client)?.has(orderId) === true;

/** Units that a client may hold of any SKU before it has paid for them, and the part of what others leave of a larger stock. */
const UNITS_HELD_FREELY = 10;
const PART_HELD = 1 / 5;

/** Computes the units that an order may reserve: all that are free, or fewer where the client holds many unpaid units. */
function availableTo(client: string | undefined, settled: readonly string[], state: InventoryState): number {
  const free = freeIn(state);
  if (client === undefined) return free;
  let held = 0;
  for (const [orderId, units] of state.unsettled.get(client) ?? []) if (!settled.includes(orderId)) held += units;
  const most = Math.max(UNITS_HELD_FREELY, Math.floor((free + held) * PART_HELD));
  return Math.max(0, Math.min(free, most - held));
}

export function releaseStock(command: ReleaseStock, state: InventoryState): Decided {
  const { sku, orderId, reason } = command;
  const hold = state.holds.get(orderId);
  if (hold === undefined) return closeReservation(command, state);
  const { allocations } = hold;
  const available = freeIn(state) + unitsOf(allocations);
  return accept({ type: 'inventory.released.v1', data: { sku, orderId, allocations, reason, available } });
}

/** Records that an order without a hold is over: its reservation may be sent again, and there may be stock by then. */
function closeReservation({ sku, orderId, expiresAt }: ReleaseStock, { closed }: InventoryState): Decided {
  if (expiresAt === undefined || closed.has(orderId)) return accept();
  return accept({ type: 'inventory.reservation-closed.v1', data: { sku, orderId, expiresAt } });
}

export function commitStock(command: CommitStock, state: InventoryState): Decided {
  const { sku, orderId, shipmentId, quantity } = command;
  if (!isCount(quantity)) return refusal.invalidQuantity();
  const hold = state.holds.get(orderId);
  if (hold === undefined) return refusal.holdNotFound();
  if (hold.shipmentIds.includes(shipmentId)) return accept();
  const held = unitsOf(hold.allocations);
  if (held < quantity) return refusal.commitExceedsHold(held, quantity);
  const allocations = firstUnits(hold.allocations, quantity);
  return accept({ type: 'inventory.committed.v1', data: { sku, orderId, shipmentId, allocations } });
}

/** Takes the first `quantity` units, location after location in the order they were reserved. */
function firstUnits(allocations: readonly Allocation[], quantity: number): readonly Allocation[] {
  const taken: Allocation[] = [];
  let missing = quantity;
  for (const allocation of allocations) {
    if (missing === 0) break;
    const units = Math.min(allocation.quantity, missing);
    taken.push({ location: allocation.location, quantity: units });
    missing -= units;
  }
  return taken;
}

function decide(command: InventoryCommand, state: InventoryState): Decided {
  switch (command.type) {
    case 'receive-stock':
      return receiveStock(command, state);
    case 'adjust-stock':
      return adjustStock(command, state);
    case 'reserve-stock':
      return reserveStock(command, state);
    case 'release-stock':
      return releaseStock(command, state);
    case 'commit-stock':
      return commitStock(command, state);
    default:
      return command satisfies never;
  }
}

/** The stock of one SKU: what lies where, and which order holds how much of it. */
export const inventoryDecider: Decider<InventoryState, InventoryCommand, InventoryEvent> = {
  initialState,
  decide,
  evolve,
};

/** Stream `inventory-{sku}`; the id is the SKU. */
export const inventoryAggregate: Aggregate<InventoryState, InventoryCommand, InventoryEvent> = {
  category: 'inventory',
  decider: inventoryDecider,
  snapshot: inventorySnapshot,
};
