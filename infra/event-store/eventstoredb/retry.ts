import { BackOff } from './back-off.js';
import { closed, failureOf, unavailable } from './errors.js';

export interface Patience {
  /** What is tried, for the message: `EventStoreDB did not …`. */
  readonly doing: string;
  /** Milliseconds until it is given up. */
  readonly limit: number;
  /** Given when the store is closed. */
  readonly signal: AbortSignal;
}

/**
 * Tries what changes nothing (or nothing twice) until it succeeds, with growing pauses.
 * @throws StoreUnavailableError it is refused, or the limit has passed
 */
export async function retrying<T>(work: () => Promise<T>, { doing, limit, signal }: Patience): Promise<T> {
  const backOff = new BackOff();
  const until = performance.now() + limit;
  for (;;) {
    if (signal.aborted) throw closed();
    try {
      return await work();
    } catch (error) {
      const left = until - performance.now();
      if (failureOf(error) === 'refused' || left <= 0) throw unavailable(doing, error);
      await backOff.pause(left, signal);
    }
  }
}
