/** Orders, units and revenue (minor units, which may go beyond 2^53) of one key. */
export interface Sum {
  orders: number;
  units: number;
  revenue: bigint;
}

export type Sums = Map<string, Sum>;

export interface AllSums {
  readonly total: Sum;
  readonly bySku: Sums;
  readonly byCategory: Sums;
}

export const emptySums = (): AllSums => ({ total: noSum(), bySku: new Map(), byCategory: new Map() });

export const noSum = (): Sum => ({ orders: 0, units: 0, revenue: 0n });

export function sumOf(sums: Sums, key: string): Sum {
  const known = sums.get(key);
  if (known !== undefined) return known;
  const made = noSum();
  sums.set(key, made);
  return made;
}

/** One line for each key whose sums differ. */
export function differences(what: string, expected: Sums, actual: Sums): string[] {
  const keys = [...new Set([...expected.keys(), ...actual.keys()])].sort();
  return keys.flatMap((key) => difference(`${what} ${key}`, expected.get(key) ?? noSum(), actual.get(key) ?? noSum()));
}

export function difference(what: string, expected: Sum, actual: Sum): string[] {
  const names = ['orders', 'units', 'revenue'] as const;
  const off = names.filter((name) => expected[name] !== actual[name]);
  if (off.length === 0) return [];
  return [`${what}: ${off.map((name) => `${name} ${actual[name]} instead of ${expected[name]}`).join(', ')}`];
}
