import { readFileSync } from 'node:fs';

const SOFT_LIMIT = /^Max open files\s+(\d+)/m;

/** How many files and connections this process may have open; null where the system does not say. */
export function mostOpenFiles(): number | null {
  try {
    const found = SOFT_LIMIT.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return found === undefined ? null : Number(found);
  } catch {
    return null;
  }
}
