import { setTimeout as delay } from 'node:timers/promises';

const FIRST_MS = 10;
const LONGEST_MS = 2_000;

/** Pauses that double, with some chance in them, so that many callers do not come back at the same moment. */
export class BackOff {
  #next = FIRST_MS;

  /** Waits no longer than `atMost`; ends early, without an error, once the signal is given. */
  async pause(atMost = Infinity, signal?: AbortSignal): Promise<void> {
    const pause = Math.min(atMost, this.#next * (0.5 + Math.random() / 2));
    this.#next = Math.min(LONGEST_MS, this.#next * 2);
    await delay(pause, undefined, signal && { signal }).catch(() => undefined);
  }

  reset(): void {
    this.#next = FIRST_MS;
  }
}
