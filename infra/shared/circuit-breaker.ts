/** Calls a dependency; undefined, without a call, while the circuit is open. */
export type CircuitBreaker = <Result>(call: () => Promise<Result>) => Promise<Result | undefined>;

export interface CircuitBreakerOptions {
  /** Whether the error says that the dependency is away; any other is thrown on. */
  readonly isAway: (error: unknown) => boolean;
  /** How long the circuit stays open after such an error, milliseconds. */
  readonly openMs: number;
}

/** Spares callers that can do without a dependency its time limit, by not calling it for a while after it was away. */
export function circuitBreaker({ isAway, openMs }: CircuitBreakerOptions): CircuitBreaker {
  let openUntil = 0;
  return async (call) => {
    if (performance.now() < openUntil) return undefined;
    try {
      return await call();
    } catch (error) {
      if (!isAway(error)) throw error;
      openUntil = performance.now() + openMs;
      return undefined;
    }
  };
}
