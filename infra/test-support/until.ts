import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until something holds; the test's own time limit ends it. Whoever looked again at once would take the processor from what is
 * waited for.
 */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(1);
}
