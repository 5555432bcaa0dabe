import type { SagaClock } from './clock.js';
import { SteadyTime } from './clock.js';
import type { SagaInstance } from './instance.js';
import { TimerQueue } from './timer-queue.js';

/** Fires the timers of instances when they are due. */
export class InstanceTimers {
  private readonly time: SteadyTime;
  private readonly queue: TimerQueue<SagaInstance>;
  private started = false;

  constructor(
    clock: SagaClock,
    private readonly onDue: (instance: SagaInstance, timer: { readonly key: string; readonly due: string }) => void,
  ) {
    this.time = new SteadyTime(clock);
    this.queue = new TimerQueue(this.time, (instance) => this.fire(instance));
  }

  /** Schedules the timers of all: what the log had at the start comes before, since it may be what a timer was waiting for. */
  start(instances: Iterable<SagaInstance>): void {
    if (this.started) return;
    this.started = true;
    for (const instance of instances) this.schedule(instance);
  }

  /** Schedules the instance's next timer, or none; to be called after each of its steps. */
  schedule(instance: SagaInstance): void {
    const deadlines = instance.deadlinesIn(this.time).map(({ deadline }) => deadline);
    if (this.started) this.queue.set(instance, deadlines.length === 0 ? null : Math.min(...deadlines));
  }

  stop(): void {
    this.queue.stop();
  }

  private fire(instance: SagaInstance): void {
    const now = this.time.now();
    const deadlines = instance.deadlinesIn(this.time);
    for (const { key, due, deadline } of deadlines.sort((a, b) => a.deadline - b.deadline)) {
      if (deadline <= now) this.onDue(instance, { key, due });
    }
  }
}
