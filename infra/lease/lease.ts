/** A lock by name that expires: of the processes that want it one holds it, and the others stand by. */
export interface Lease {
  /**
   * Renews the lease where this process holds it, and acquires it where it is free; answers whether it is held. To be called every
   * `RENEW_EVERY_MS`: a holder that renews nothing for `EXPIRES_AFTER_MS`, or whose process has ended, loses it.
   */
  acquireOrRenew(): Promise<boolean>;
  /** Gives the lease up, so that another process need not wait until it expires. */
  release(): Promise<void>;
}

/** How often a process renews its lease, or tries to acquire it. */
export const RENEW_EVERY_MS = 500;
/** A lease that was not renewed for so long has expired; those who wait measure it, so that no clocks are compared. */
export const EXPIRES_AFTER_MS = 3_000;
