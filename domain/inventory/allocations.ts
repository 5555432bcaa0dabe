import type { Allocation } from './events.js';

export function unitsOf(allocations: readonly Allocation[]): number {
  let units = 0;
  for (const allocation of allocations) units += allocation.quantity;
  return units;
}

/** The first `quantity` units, location after location in the order they were reserved. */
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

/** What is left after `taken`; locations of which nothing is left are gone. */
export function without(allocations: readonly Allocation[], taken: readonly Allocation[]): readonly Allocation[] {
  const left: Allocation[] = [];
  for (const { location, quantity } of allocations) {
    const gone = taken.find((other) => other.location === location)?.quantity ?? 0;
    if (quantity > gone) left.push({ location, quantity: quantity - gone });
  }
  return left;
}
