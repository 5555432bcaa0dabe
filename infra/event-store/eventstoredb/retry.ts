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
 * Repeats a call that changes nothing, or nothing twice, until it succeeds, with growing pauses.
 * @param work gets the milliseconds that are left for it
 * @throws StoreUnavailableError the call is refused, or the time is over
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
      // The error of an earlier attempt, such as a refused certificate, says more than one that ran out of time.
      if (!hasRunOutOfTime(error)) told = error;
      if (failureOf(error) === 'refused' || left <= LEAST_LEFT) throw unavailable(doing, told ?? error);
      await backOff.next(left - LEAST_LEFT);
    }
  }
}
