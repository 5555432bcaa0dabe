import { BackOff } from '../../shared/back-off.js';
import { closed, failureOf, hasRunOutOfTime, unavailable } from './errors.js';

export interface Patience {
  /** What is tried, for the message: `EventStoreDB did not …`. */
  readonly doing: string;
  /** Milliseconds until it is given up. */
  readonly limit: number;
  /** Given when the store is closed. */
  readonly signal: AbortSignal;
}

/** Back-off between calls of the server. */
export const serverBackOff = (signal?: AbortSignal): BackOff =>
  new BackOff({ firstMs: 10, longestMs: 2_000, ...(signal && { signal }) });

/** Milliseconds below which another try would be of no use. */
export const LEAST_LEFT = 50;

/**
 * Tries what changes nothing (or nothing twice) until it succeeds, with growing pauses.
 * @param work is told how many milliseconds are left for it
 * @throws StoreUnavailableError it is refused, or the limit has passed
 */
export async function retrying<T>(work: (left: number) => Promise<T>, { doing, limit, signal }: Patience): Promise<T> {
  const backOff = serverBackOff(signal);
  const until = performance.now() + limit;
  let told: unknown;
  for (;;) {
    if (signal.aborted) throw closed();
    try {
      return await work(until - performance.now());
    } catch (error) {
      const left = until - performance.now();
      // A try that runs out of time says less than one before it that was turned away: by a certificate, for one.
      if (!hasRunOutOfTime(error)) told = error;
      if (failureOf(error) === 'refused' || left <= LEAST_LEFT) throw unavailable(doing, told ?? error);
      await backOff.next(left - LEAST_LEFT);
    }
  }
}
