import type { SagaClock } from './timers.js';
import type { SagaInstance } from './instances.js';

/** How long replies wait for the other replies of their step. */
const COALESCE_MS = 20;

export interface SchedulerOptions {
  readonly clock: SagaClock;
  /** Instances that load and record at once. */
  readonly atOnce: number;
  readonly run: (instance: SagaInstance) => Promise<void>;
}

/**
 * Schedules the steps of instances. Inputs that arrive in one round of the event loop are taken in one step; replies wait a moment
 * for the other replies of their step, so that 161 reservations end in one or two records.
 */
export class Scheduler {
  private readonly ready: SagaInstance[] = [];
  private head = 0;
  private running = 0;
  private roundPlanned = false;
  private coalescing = new Set<SagaInstance>();
  private flushPlanned = false;
  private stopped = false;
  private readonly idle: (() => void)[] = [];

  constructor(private readonly options: SchedulerOptions) {}

  /** Steps under way or waiting. */
  get size(): number {
    return this.running + this.ready.length - this.head;
  }

  /** Schedules a step of an instance that has an input. */
  notify(instance: SagaInstance): void {
    if (instance.queued || instance.busy || instance.backingOff) return;
    if (isReady(instance)) this.enqueue(instance);
    else this.coalesce(instance);
  }

  /** Begins a step: until it ends, no other step of the instance does. */
  begin(instance: SagaInstance): void {
    instance.busy = true;
    this.running += 1;
  }

  /** Ends a step; inputs that have come meanwhile lead to the next one. */
  end(instance: SagaInstance): void {
    instance.busy = false;
    this.running -= 1;
    if (this.stopped) {
      if (this.running === 0) for (const resolve of this.idle.splice(0)) resolve();
      return;
    }
    if (instance.inbox.length > 0 || instance.toResume) this.notify(instance);
    if (this.head < this.ready.length && !this.roundPlanned) {
      this.roundPlanned = true;
      setImmediate(this.round);
    }
  }

  /** No further steps; resolves when those under way are over. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.running > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private enqueue(instance: SagaInstance): void {
    instance.queued = true;
    this.ready.push(instance);
    if (this.roundPlanned) return;
    this.roundPlanned = true;
    setImmediate(this.round);
  }

  private readonly round = (): void => {
    this.roundPlanned = false;
    while (this.running < this.options.atOnce && !this.stopped) {
      const instance = this.ready[this.head];
      if (instance === undefined) break;
      this.head += 1;
      void this.run(instance);
    }
    if (this.head < this.ready.length && this.head < 1024) return;
    this.ready.splice(0, this.head);
    this.head = 0;
  };

  private async run(instance: SagaInstance): Promise<void> {
    instance.queued = false;
    this.begin(instance);
    try {
      await this.options.run(instance);
    } finally {
      this.end(instance);
    }
  }

  private coalesce(instance: SagaInstance): void {
    this.coalescing.add(instance);
    if (this.flushPlanned) return;
    this.flushPlanned = true;
    this.options.clock.after(COALESCE_MS, this.flushReplies);
  }

  private readonly flushReplies = (): void => {
    this.flushPlanned = false;
    const { coalescing } = this;
    this.coalescing = new Set();
    for (const instance of coalescing) {
      if (instance.inbox.length === 0) continue;
      instance.urgent = true;
      this.notify(instance);
    }
  };
}

const isReady = (instance: SagaInstance): boolean => instance.urgent || instance.inFlight.size === 0;
