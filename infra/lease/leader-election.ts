import { RENEW_EVERY_MS, type Lease } from './lease.js';

/** Work that only the holder of a lease does. */
export interface LeasedWorker {
  /**
   * Checks the work a few times a second; false asks for the worker to be closed and started anew.
   * @throws the failure that ended the work: the worker is closed, the lease is released, and after a pause it is tried again
   */
  heartbeat(): Promise<boolean>;
  /** Ends the work; what is under way is finished. */
  close(): Promise<void>;
}

export interface LeaderElectionOptions {
  readonly lease: Lease;
  /** Starts the worker once this process holds the lease. */
  readonly start: () => Promise<LeasedWorker>;
  /** Another process holds the lease: called once each time that this one begins to stand by. */
  readonly onStandby?: () => void;
  /** The lease could not be renewed, acquired or released; it is tried again. */
  readonly onLeaseError: (error: unknown) => void;
  /** The worker has failed or could not be started: another process may acquire the lease while this one pauses. */
  readonly onWorkerFailed: (error: unknown) => void;
}

/** Runs a worker while this process holds the lease, and stands by while another one does. */
export interface LeaderElection {
  /** Whether this process runs the worker now. */
  readonly isLeader: boolean;
  /** Resolves when this process leads or stands by. @throws what starting the worker throws */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** The pause after a failed worker; it doubles with every further failure, up to a minute. */
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

export const createLeaderElection = (options: LeaderElectionOptions): LeaderElection => new LeasedElection(options);

class LeasedElection implements LeaderElection {
  #worker: LeasedWorker | null = null;
  #holdsLease = false;
  #standsBy = false;
  #transition: Promise<void> | null = null;
  #pausedUntil = 0;
  #nextPause = FIRST_PAUSE_MS;
  #startedAt = 0;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(private readonly options: LeaderElectionOptions) {}

  get isLeader(): boolean {
    return this.#worker !== null;
  }

  async start(): Promise<void> {
    this.#holdsLease = await this.options.lease.acquireOrRenew();
    this.#schedule();
    try {
      this.#transition = this.#followLease();
      await this.#transition;
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      this.#transition = null;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#transition?.catch(() => undefined);
    await this.#stopWorker();
    await this.options.lease.release().catch(this.options.onLeaseError);
  }

  #schedule(): void {
    if (!this.#closed) this.#timer = setTimeout(() => void this.#tick(), RENEW_EVERY_MS);
  }

  async #tick(): Promise<void> {
    if (performance.now() >= this.#pausedUntil) await this.#renewAndFollow();
    this.#schedule();
  }

  async #renewAndFollow(): Promise<void> {
    try {
      this.#holdsLease = await this.options.lease.acquireOrRenew();
    } catch (error) {
      // Nobody can tell who holds the lease: every process goes on as it is, which is safe.
      this.options.onLeaseError(error);
    }
    // The lease is renewed while the worker starts, which may take long.
    if (this.#transition !== null || this.#closed) return;
    this.#transition = this.#followLease()
      .catch((error: unknown) => this.#pauseAfter(error))
      .finally(() => (this.#transition = null));
  }

  /** Releases the lease for a while: whatever is wrong may be so in this process alone, and another one may succeed. */
  async #pauseAfter(error: unknown): Promise<void> {
    if (performance.now() - this.#startedAt > LONGEST_PAUSE_MS) this.#nextPause = FIRST_PAUSE_MS;
    this.#pausedUntil = performance.now() + this.#nextPause;
    this.#nextPause = Math.min(2 * this.#nextPause, LONGEST_PAUSE_MS);
    this.#holdsLease = false;
    this.#standsBy = false;
    this.options.onWorkerFailed(error);
    await this.#stopWorker().catch(this.options.onLeaseError);
    await this.options.lease.release().catch(this.options.onLeaseError);
  }

  /** Starts, keeps or stops the worker, by whether this process holds the lease. */
  async #followLease(): Promise<void> {
    if (this.#worker !== null && this.#holdsLease && (await this.#worker.heartbeat())) return;
    await this.#stopWorker();
    if (this.#holdsLease) {
      this.#standsBy = false;
      this.#startedAt = performance.now();
      this.#worker = await this.options.start();
    } else if (!this.#standsBy) {
      this.#standsBy = true;
      this.options.onStandby?.();
    }
  }

  async #stopWorker(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.close();
  }
}
