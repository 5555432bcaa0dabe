const TICKS_PER_MILLISECOND = 10_000;

/** Milliseconds since the Unix epoch, with fractions, as .NET ticks (100 ns) in decimal. A double is too short for it. */
export function ticksOf(milliseconds: number): string {
  const whole = Math.floor(milliseconds);
  const ticks = Math.floor((milliseconds - whole) * TICKS_PER_MILLISECOND);
  return `${whole}${String(ticks).padStart(4, '0')}`;
}
