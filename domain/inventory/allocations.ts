import type { Allocation } from './events.js';
import type { LocationStock } from './state.js';

export function unitsOf(allocations: readonly Allocation[]): number {
  let units = 0;
  for (const allocation of allocations) units += allocation.quantity;
  return units;
}

/** Takes the first `quantity` units, location after location in the order they were reserved. */
export function firstUnits(allocations: readonly Allocation[], quantity: number): readonly Allocation[] {
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

/** Subtracts `taken` from allocations; locations without units are left out. */
export function without(allocations: readonly Allocation[], taken: readonly Allocation[]): readonly Allocation[] {
  const left: Allocation[] = [];
  for (const { location, quantity } of allocations) {
    const gone = taken.find((other) => other.location === location)?.quantity ?? 0;
    if (quantity > gone) left.push({ location, quantity: quantity - gone });
  }
  return left;
}

/** Decides which locations the units of a reservation come from. */
export interface ReservationPolicy {
  readonly name: string;
  /** Orders the locations; each gives what it has until there are enough units. */
  readonly inOrder: (locations: ReadonlyMap<string, LocationStock>) => readonly Available[];
}

export interface Available {
  readonly location: string;
  readonly available: number;
}

/**
 * Takes the location with the most available units first, ties by name: an order ships from one location where one has
 * enough, and from as few as possible otherwise.
 */
export const mostAvailableFirst: ReservationPolicy = {
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
