/**
 * Options of an `LRUCache` that takes room as it fills: with `max` it takes the room of all entries at once, a millisecond for ten
 * thousand.
 * @param entries how many are kept at most
 */
export const growingTo = (entries: number): { readonly maxSize: number; readonly sizeCalculation: () => number } => ({
  maxSize: entries,
  sizeCalculation: () => 1,
});
