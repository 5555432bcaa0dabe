/**
 * Random numbers that follow from a seed (mulberry32): the same seed makes the same choices on every machine.
 * @param {number} seed a whole number
 */
export function randomOf(seed) {
  let state = seed >>> 0;
  /** From 0, below 1. */
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    /** A whole number from 0, below `bound`. */
    below: (bound) => Math.floor(next() * bound),
    /** One of the list. */
    of: (list) => list[Math.floor(next() * list.length)],
    /** True this often, of 1. */
    chance: (share) => next() < share,
  };
}
