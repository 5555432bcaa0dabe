import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 40;

type NotFalse<Value> = Value extends false ? never : Value;

/**
 * The first value of the probe that is not undefined. Whoever waits in an end-to-end spec waits through this.
 * @throws after so many seconds, naming what did not come and the probe's last error
 */
export async function eventually<Value>(
  what: string,
  // `false` would be a value like any other and end the wait: conditions go through `until`.
  probe: () => Promise<NotFalse<Value> | undefined> | NotFalse<Value> | undefined,
  withinSeconds = 30,
): Promise<Value> {
  const deadline = Date.now() + withinSeconds * 1000;
  for (;;) {
    let failure: unknown;
    try {
      const value = await probe();
      if (value !== undefined) return value;
    } catch (error) {
      failure = error;
    }
    if (Date.now() > deadline) throw new Error(`not within ${withinSeconds} s: ${what}`, { cause: failure });
    await pause(POLL_MS);
  }
}

/** Waits until it holds. @throws as `eventually` does */
export async function until(what: string, holds: () => Promise<boolean> | boolean, withinSeconds = 30): Promise<void> {
  await eventually(what, async () => ((await holds()) ? true : undefined), withinSeconds);
}
