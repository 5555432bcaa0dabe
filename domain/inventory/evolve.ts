import { unitsOf, without } from './allocations.js';
import type { Allocation, InventoryEvent, StockCommitted, StockReleased, StockReserved } from './events.js';
import type { InventoryState, LocationStock } from './state.js';

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
    case 'inventory.hold-made-firm.v1':
      makeFirm(state, event.data.orderId);
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

function reserve(state: InventoryState, { orderId, allocations, client }: StockReserved['data']): void {
  for (const { location, quantity } of allocations) {
    stockAt(state, location).reserved += quantity;
    state.reserved += quantity;
  }
  const quantity = unitsOf(allocations);
  const hold = { quantity, allocations, firm: false, shipmentIds: [] };
  state.holds.set(orderId, client === undefined ? hold : { ...hold, client });
  if (client !== undefined) countUnsettled(state, client, quantity);
}

function makeFirm(state: InventoryState, orderId: string): void {
  const hold = state.holds.get(orderId);
  if (hold === undefined || hold.firm) return;
  hold.firm = true;
  const units = unitsOf(hold.allocations);
  state.firm += units;
  if (hold.client !== undefined) countUnsettled(state, hold.client, -units);
}

function release(state: InventoryState, { orderId, allocations }: StockReleased['data']): void {
  letGo(state, allocations);
  const hold = state.holds.get(orderId);
  state.holds.delete(orderId);
  if (hold === undefined) return;
  const units = unitsOf(hold.allocations);
  if (hold.firm) state.firm -= units;
  else if (hold.client !== undefined) countUnsettled(state, hold.client, -units);
}

/** A client that holds nothing leaves the state. */
export function countUnsettled({ unsettled }: InventoryState, client: string, units: number): void {
  const held = (unsettled.get(client) ?? 0) + units;
  if (held > 0) unsettled.set(client, held);
  else unsettled.delete(client);
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
  if (hold.firm) state.firm -= unitsOf(allocations);
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
