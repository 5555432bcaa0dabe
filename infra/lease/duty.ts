import { BEAT_EVERY_MS, type Lease } from './lease.js';

/** Work that one process at a time does. */
export interface Duty {
  /**
   * Called a few times a second; false: it is to be closed and taken up afresh.
   * @throws what ended it: it is closed, the lease is given up, and after a rest it is tried again
   */
  attend(): Promise<boolean>;
  /** Ends it; what is under way is finished. */
  close(): Promise<void>;
}

export interface DutyRosterOptions {
  readonly lease: Lease;
  readonly takeUp: () => Promise<Duty>;
  /** Another process is at work: called once each time that this one begins to stand by. */
  readonly onStandby?: () => void;
  /** Who has the lease cannot be told, or it could not be given up; it is tried again. */
  readonly onTrouble: (error: unknown) => void;
  /** The duty has failed or could not be taken up: another process may take it over while this one rests. */
  readonly onFailed: (error: unknown) => void;
}

/** Does the work while this process has the lease, and stands by while another has it. */
export interface DutyRoster {
  /** Whether this process does the work now. */
  readonly isAtWork: boolean;
  /** Resolves when it is at work or stands by. @throws what taking up the duty throws */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** After the duty failed; twice as long after every further time, up to a minute. */
const REST_MS = 2_000;
const LONGEST_REST_MS = 60_000;

export const createDutyRoster = (options: DutyRosterOptions): DutyRoster => new LeasedRoster(options);

class LeasedRoster implements DutyRoster {
  #duty: Duty | null = null;
  #isHeld = false;
  #standsBy = false;
  #changing: Promise<void> | null = null;
  #restsUntil = 0;
  #nextRest = REST_MS;
  #takenUpAt = 0;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(private readonly options: DutyRosterOptions) {}

  get isAtWork(): boolean {
    return this.#duty !== null;
  }

  async start(): Promise<void> {
    this.#isHeld = await this.options.lease.beat();
    this.#schedule();
    try {
      this.#changing = this.#change();
      await this.#changing;
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      this.#changing = null;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#changing?.catch(() => undefined);
    await this.#duty?.close();
    this.#duty = null;
    await this.options.lease.release().catch(this.options.onTrouble);
  }

  #schedule(): void {
    if (!this.#closed) this.#timer = setTimeout(() => void this.#tick(), BEAT_EVERY_MS);
  }

  async #tick(): Promise<void> {
    if (performance.now() >= this.#restsUntil) await this.#beatAndChange();
    this.#schedule();
  }

  async #beatAndChange(): Promise<void> {
    try {
      this.#isHeld = await this.options.lease.beat();
    } catch (error) {
      // Who has the lease cannot be told: all go on as they are, which is safe.
      this.options.onTrouble(error);
    }
    // The lease is kept while the duty is being taken up, which may take long.
    if (this.#changing !== null || this.#closed) return;
    this.#changing = this.#change()
      .catch((error: unknown) => this.#rest(error))
      .finally(() => (this.#changing = null));
  }

  /** Whatever is wrong may be so in this process alone: another one gets its turn. */
  async #rest(error: unknown): Promise<void> {
    if (performance.now() - this.#takenUpAt > LONGEST_REST_MS) this.#nextRest = REST_MS;
    this.#restsUntil = performance.now() + this.#nextRest;
    this.#nextRest = Math.min(2 * this.#nextRest, LONGEST_REST_MS);
    this.#isHeld = false;
    this.#standsBy = false;
    this.options.onFailed(error);
    await this.#end().catch(this.options.onTrouble);
    await this.options.lease.release().catch(this.options.onTrouble);
  }

  async #change(): Promise<void> {
    if (this.#duty !== null && this.#isHeld && (await this.#duty.attend())) return;
    await this.#end();
    if (this.#isHeld) {
      this.#standsBy = false;
      this.#takenUpAt = performance.now();
      this.#duty = await this.options.takeUp();
    } else if (!this.#standsBy) {
      this.#standsBy = true;
      this.options.onStandby?.();
    }
  }

  async #end(): Promise<void> {
    const duty = this.#duty;
    this.#duty = null;
    await duty?.close();
  }
}
