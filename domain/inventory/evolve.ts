import { unitsOf, without } from './allocations.js';
import type { Allocation, InventoryEvent, StockCommitted, StockReleased, StockReserved } from './events.js';
import type { Hold, InventoryState, LocationStock } from './state.js';

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

/** The order is confirmed: what it holds is sold. */
function settle({ holds, unsettled }: InventoryState, orderId: string, hold = holds.get(orderId)): void {
  if (hold?.client === undefined) return;
  const held = unsettled.get(hold.client);
  held?.delete(orderId);
  // A client that holds nothing leaves the state.
  if (held?.size === 0) unsettled.delete(hold.client);
  delete hold.client;
}

function release(state: InventoryState, { orderId, allocations }: StockReleased['data']): void {
  letGo(state, allocations);
  settle(state, orderId);
  state.holds.delete(orderId);
}

/** A hold that is not known to be paid for counts as its client's. */
export function countUnsettled({ unsettled }: InventoryState, orderId: string, { client, allocations }: Hold): void {
  if (client === undefined) return;
  const units = unitsOf(allocations);
  const held = unsettled.get(client);
  if (held === undefined) unsettled.set(client, new Map([[orderId, units]]));
  else held.set(orderId, units);
}

function letGo(state: InventoryState, allocations: readonly Allocation[]): void {
  for (const { location, quantity } of allocations) {
    stockAt(state, location).reserved -= quantity;
    state.reserved -= quantity;
  }
}

function commit(state: InventoryState, { orderId, shipmentId, allocations }: StockCommitted['data']): void {
  letGo(state, allocations);
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
