// Figures of a round.

/** A figure of which more is better. */
export const more = (value, unit) => ({ value, unit, better: 'more' });

/** A figure of which less is better. */
export const less = (value, unit) => ({ value, unit, better: 'less' });

/** The value that this share of the sorted ones does not exceed. */
export function quantile(sorted, share) {
  if (sorted.length === 0) throw new Error('nothing was measured');
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

export const median = (values) =>
  quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );

/** p50, p99 and the longest of times in milliseconds, each under its name. */
export function latencies(name, times) {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    [`${name} p50`]: less(quantile(sorted, 0.5), 'ms'),
    [`${name} p99`]: less(quantile(sorted, 0.99), 'ms'),
    [`${name} longest`]: less(sorted.at(-1), 'ms'),
  };
}
