import { setTimeout as delay } from 'node:timers/promises';

/** How long to pause, by how often something has failed in a row. */
export interface BackOffSchedule {
  readonly firstMs: number;
  readonly longestMs: number;
  /** Each pause is so many times the one before; default 2. */
  readonly factor?: number;
  /** So many failures are met again without a pause; default 0. */
  readonly atOnce?: number;
}

/**
 * The pause in ms after the so-many-th failure in a row, from 1.
 * @param schedule may list the pauses one by one; the last of them counts for all that follow
 */
export function pauseAfter(failures: number, schedule: BackOffSchedule | readonly number[]): number {
  if ('length' in schedule) return schedule[Math.min(failures, schedule.length) - 1] ?? 0;
  const { firstMs, longestMs, factor = 2, atOnce = 0 } = schedule;
  return failures <= atOnce ? 0 : Math.min(longestMs, firstMs * factor ** (failures - atOnce - 1));
}

/** Resolves after so many milliseconds, or as soon as the signal is given. */
export type Wait = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

const waitByTimer: Wait = (milliseconds, signal) =>
  delay(milliseconds, undefined, signal && { signal }).catch(() => undefined);

/** Waits; resolves to false, at once, when the signal is given. */
export async function sleep(milliseconds: number, signal?: AbortSignal): Promise<boolean> {
  if (signal?.aborted !== true) await waitByTimer(milliseconds, signal);
  return signal?.aborted !== true;
}

export interface BackOffOptions extends BackOffSchedule {
  /** Nothing is tried again so long after the first failure in a row; default: without an end. */
  readonly patienceMs?: number;
  /** So many failures in a row are the last; default: without an end. */
  readonly mostFailures?: number;
  /** Ends the pause under way, and allows no other. */
  readonly signal?: AbortSignal;
  /** Default: Node's timers. */
  readonly wait?: Wait;
}

/** At least half of a pause, the rest by chance: callers that failed together do not come back together. */
const jittered = (pauseMs: number): number => pauseMs * (0.5 + Math.random() / 2);

/** Exponential back-off with jitter. One that is shared, by callers that count their failures themselves, is asked by `after`. */
export class BackOff {
  #failures = 0;
  #giveUpAt = Infinity;

  constructor(private readonly options: BackOffOptions) {}

  /** Pauses after another failure; false where nothing is to be tried again. */
  async next(atMostMs = Infinity): Promise<boolean> {
    const { patienceMs = Infinity, mostFailures = Infinity } = this.options;
    this.#failures += 1;
    if (this.#failures === 1) this.#giveUpAt = performance.now() + patienceMs;
    if (this.#failures > mostFailures || performance.now() > this.#giveUpAt) return false;
    return this.after(this.#failures, atMostMs);
  }

  /** Pauses after the so-many-th failure in a row, from 1; false where nothing is to be tried again. */
  async after(failures: number, atMostMs = Infinity): Promise<boolean> {
    return this.pause(Math.min(atMostMs, this.pauseMs(failures)));
  }

  /** How many milliseconds the pause after the so-many-th failure in a row is to be; by chance another one each time. */
  pauseMs(failures: number): number {
    return jittered(pauseAfter(failures, this.options));
  }

  /** Pauses so many milliseconds; false where nothing is to be tried again. */
  async pause(pauseMs: number): Promise<boolean> {
    const { signal, wait = waitByTimer } = this.options;
    if (signal?.aborted) return false;
    if (pauseMs > 0) await wait(pauseMs, signal);
    return signal?.aborted !== true;
  }

  /** It has succeeded: the next failure is a first one. */
  reset(): void {
    this.#failures = 0;
  }
}
