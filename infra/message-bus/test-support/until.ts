import { setTimeout as pause } from 'node:timers/promises';

/** Waits until it holds. @throws after so many seconds, naming what did not come */
export async function until(what: string, holds: () => Promise<boolean> | boolean, withinSeconds = 20): Promise<void> {
  const deadline = Date.now() + withinSeconds * 1000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not within ${withinSeconds} s: ${what}`);
    await pause(10);
  }
}
