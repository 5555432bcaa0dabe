import type { Allocation } from './events.js';
import type { LocationStock } from './state.js';

/** Which location the units of a reservation come from: the one named place for this rule. */
export interface ReservationPolicy {
  readonly name: string;
  /** The order in which locations are asked for units; every one gives what it has until there are enough. */
  readonly inOrder: (locations: ReadonlyMap<string, LocationStock>) => readonly Available[];
}

export interface Available {
  readonly location: string;
  readonly available: number;
}

/**
 * The location with the most available units first, ties by name: an order comes from one place wherever one place has
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
