import type { SagaClock } from './clock.js';
import type { SagaInstance } from './instance.js';

/** How long replies wait for the other replies of their step. */
const PATIENCE_MS = 20;

export interface SchedulerOptions {
  readonly clock: SagaClock;
  /** Instances that load and record at once. */
  readonly atOnce: number;
  readonly run: (instance: SagaInstance) => Promise<void>;
}

/**
 * Gives instances their turns. What arrives in one round of the event loop is taken together; replies wait a moment for
 * the other commands of their step, so that 161 reservations end in one or two records.
 */
export class Scheduler {
  private readonly ready: SagaInstance[] = [];
  private head = 0;
  private running = 0;
  private roundPlanned = false;
  private gathering = new Set<SagaInstance>();
  private gatheringPlanned = false;
  private stopped = false;
  private readonly idle: (() => void)[] = [];

  constructor(private readonly options: SchedulerOptions) {}

  /** Turns under way or waiting. */
  get size(): number {
    return this.running + this.ready.length - this.head;
  }

  /** Something came in. */
  notify(instance: SagaInstance): void {
    if (instance.queued || instance.busy || instance.resting) return;
    if (isReady(instance)) this.enqueue(instance);
    else this.gather(instance);
  }

  /** No further turns; resolves when those under way are over. */
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
      void this.turn(instance);
    }
    if (this.head < this.ready.length && this.head < 1024) return;
    this.ready.splice(0, this.head);
    this.head = 0;
  };

  private async turn(instance: SagaInstance): Promise<void> {
    instance.queued = false;
    instance.busy = true;
    this.running += 1;
    try {
      await this.options.run(instance);
    } finally {
      instance.busy = false;
      this.running -= 1;
      this.afterTurn(instance);
    }
  }

  private afterTurn(instance: SagaInstance): void {
    if (this.stopped) {
      if (this.running === 0) for (const resolve of this.idle.splice(0)) resolve();
      return;
    }
    if (instance.inbox.length > 0 || instance.toWake) this.notify(instance);
    if (this.head < this.ready.length && !this.roundPlanned) {
      this.roundPlanned = true;
      setImmediate(this.round);
    }
  }

  private gather(instance: SagaInstance): void {
    this.gathering.add(instance);
    if (this.gatheringPlanned) return;
    this.gatheringPlanned = true;
    this.options.clock.after(PATIENCE_MS, this.loseIt);
  }

  private readonly loseIt = (): void => {
    this.gatheringPlanned = false;
    const { gathering } = this;
    this.gathering = new Set();
    for (const instance of gathering) {
      if (instance.inbox.length === 0) continue;
      instance.urgent = true;
      this.notify(instance);
    }
  };
}

const isReady = (instance: SagaInstance): boolean => instance.urgent || instance.inFlight.size === 0;
