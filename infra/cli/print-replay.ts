import type { ReplayResult } from './replay-baskets.js';

const SHOWN = 20;

/** What was bought, and how the sales report stands against the file. */
export function printReplay(result: ReplayResult, say: (line: string) => void): void {
  const { baskets, known, lines, refused, differences, sums, seconds } = result;
  const bought = baskets - known - refused.length;
  for (const line of refused) say(`refused ${line}`);
  const rate = (bought / Math.max(0.001, seconds)).toFixed(1);
  say(`${bought} baskets bought, ${known} known, ${refused.length} refused in ${seconds.toFixed(1)} s (${rate}/s)`);
  const { orders, units, revenue } = sums.total;
  say(
    `sales report: ${orders} orders, ${units} units, revenue ${revenue}, ${sums.bySku.size} SKUs, ${sums.byCategory.size} categories`,
  );
  for (const line of differences.slice(0, SHOWN)) say(`difference ${line}`);
  if (differences.length > SHOWN) say(`… and ${differences.length - SHOWN} more`);
  say(
    `reconciliation of ${baskets} baskets with ${lines} lines: ${differences.length === 0 ? 'difference zero' : `${differences.length} differences`}`,
  );
}
