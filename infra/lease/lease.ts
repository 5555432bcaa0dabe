/** What one process at a time has, by name: whoever has it is at work, the others stand by. */
export interface Lease {
  /**
   * Keeps the lease, takes it where it is free, or sees that another one has it; answers whether it is held. To be called
   * every half second: a holder that is silent for `STALE_MS`, or whose process has ended, has lost it.
   */
  beat(): Promise<boolean>;
  /** Gives it up, so that another one need not wait. */
  release(): Promise<void>;
}

/** How often whoever wants a lease looks at it. */
export const BEAT_EVERY_MS = 500;
/** A holder that was not heard of for so long has lost the lease; measured by those who wait, so no clocks are compared. */
export const STALE_MS = 3_000;
