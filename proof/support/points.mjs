// Points of a run to break at, and a directory for each.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomOf } from './random.mjs';

/** These, or at most `most` of them, which the seed chooses. */
export function pointsOf(all, { seed, most = Infinity }) {
  const random = randomOf(seed);
  const points = [...all];
  while (points.length > most) points.splice(random.below(points.length), 1);
  return points;
}

/** Calls `use` with an empty directory, which is deleted afterwards. */
export async function inDirectory(use) {
  const directory = mkdtempSync(join(tmpdir(), 'cartwright-proof-'));
  try {
    return await use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
