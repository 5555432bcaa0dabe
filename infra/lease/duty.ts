import { BEAT_EVERY_MS, type Lease } from './lease.js';

/** Work that one process at a time does. */
export interface Duty {
  /** Called a few times a second; false: it is to be closed and taken up afresh. */
  attend(): Promise<boolean>;
  /** Ends it; what is under way is finished. */
  close(): Promise<void>;
}

export interface DutyRosterOptions {
  readonly lease: Lease;
  readonly takeUp: () => Promise<Duty>;
  /** Another process is at work: called once each time that this one begins to stand by. */
  readonly onStandby?: () => void;
  /** The lease, or the duty, could not be seen to; it is tried again. */
  readonly onTrouble: (error: unknown) => void;
}

/** Does the work while this process has the lease, and stands by while another has it. */
export interface DutyRoster {
  /** Resolves when it is at work or stands by. @throws what taking up the duty throws */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** After the duty could not be taken up. */
const REST_MS = 2_000;

export const createDutyRoster = (options: DutyRosterOptions): DutyRoster => new LeasedRoster(options);

class LeasedRoster implements DutyRoster {
  #duty: Duty | null = null;
  #isHeld = false;
  #standsBy = false;
  #changing: Promise<void> | null = null;
  #restsUntil = 0;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(private readonly options: DutyRosterOptions) {}

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
    try {
      this.#isHeld = await this.options.lease.beat();
    } catch (error) {
      // Who has the lease cannot be told: all go on as they are, which is safe.
      this.options.onTrouble(error);
    }
    // The lease is kept while the duty is being taken up, which may take long.
    if (this.#changing === null && !this.#closed && Date.now() >= this.#restsUntil) {
      this.#changing = this.#change()
        .catch((error: unknown) => {
          this.#restsUntil = Date.now() + REST_MS;
          this.options.onTrouble(error);
        })
        .finally(() => (this.#changing = null));
    }
    this.#schedule();
  }

  async #change(): Promise<void> {
    if (this.#duty !== null && this.#isHeld && (await this.#duty.attend())) return;
    await this.#end();
    if (this.#isHeld) {
      this.#standsBy = false;
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
