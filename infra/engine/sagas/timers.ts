import type { Wait } from '../../shared/back-off.js';
import type { Deadline, SagaInstance } from './instances.js';

/** Time as the runner sees it; tests put their own in its place. */
export interface SagaClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds that the process has run: they only go forward, whatever is done to the clock. */
  running(): number;
  /** Calls back once after so many milliseconds; the answer cancels it. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** The machine's clock. Its timers do not keep a process alive. */
export const systemClock: SagaClock = {
  now: () => Date.now(),
  running: () => performance.now(),
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** A smaller difference is the clock being kept in step with others. */
const JUMP_MS = 1_000;

/**
 * Measures time for waiting: it goes forward with the process, and also where the clock was put forward or the machine slept; it
 * does not go back where the clock is put back, so that what was to happen in five seconds still does.
 */
export class SteadyTime {
  /** Milliseconds by which the clock differs from the process's time. */
  private offset: number;
  private leaps = 0;

  constructor(private readonly clock: SagaClock) {
    this.offset = clock.now() - clock.running();
  }

  now(): number {
    const running = this.clock.running();
    const offset = this.clock.now() - running;
    const leap = offset - this.offset;
    if (Math.abs(leap) > JUMP_MS) {
      this.offset = offset;
      if (leap > 0) this.leaps += leap;
    }
    return running + this.leaps;
  }

  /** When a time of the clock will have come, as the clock stands now. */
  of(time: number): number {
    return this.now() + time - this.clock.now();
  }

  /** Calls back once after so many milliseconds; the answer cancels it. */
  after(milliseconds: number, callback: () => void): () => void {
    return this.clock.after(milliseconds, callback);
  }
}

/** Waits by the clock. */
export const waitBy =
  (clock: SagaClock): Wait =>
  (milliseconds, signal) =>
    new Promise((resolve) => {
      const end = (): void => {
        cancel();
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const cancel = clock.after(milliseconds, end);
      signal?.addEventListener('abort', end, { once: true });
    });

/** An item with a due time; the queue keeps its place in `slot`, so that moving it is O(log n). */
export interface Timed {
  /** In steady time, milliseconds. */
  due: number;
  /** -1 when it is not queued. */
  slot: number;
}

/** A platform timer stands still while the machine sleeps: the queue looks again soon after it wakes up. */
const LONGEST_SLEEP = 10_000;

/** Keeps items in a min-heap by due time, with one platform timer for the earliest. */
export class TimerQueue<Item extends Timed> {
  private readonly heap: Item[] = [];
  private cancel: (() => void) | null = null;
  private wakesAt = Infinity;
  private stopped = false;

  constructor(
    private readonly time: SteadyTime,
    private readonly fire: (item: Item) => void,
  ) {}

  get size(): number {
    return this.heap.length;
  }

  /** Queues the item, moves it, or takes it out (null). */
  set(item: Item, due: number | null): void {
    if (item.slot >= 0) this.remove(item);
    if (due === null || this.stopped) return;
    item.due = due;
    item.slot = this.heap.length;
    this.heap.push(item);
    this.rise(item.slot);
    this.arm();
  }

  stop(): void {
    this.stopped = true;
    this.cancel?.();
  }

  private readonly wake = (): void => {
    this.wakesAt = Infinity;
    const now = this.time.now();
    let first = this.heap[0];
    while (first !== undefined && first.due <= now && !this.stopped) {
      this.remove(first);
      this.fire(first);
      first = this.heap[0];
    }
    this.arm();
  };

  private arm(): void {
    const first = this.heap[0];
    if (first === undefined || this.stopped || first.due >= this.wakesAt) return;
    this.cancel?.();
    const now = this.time.now();
    const sleep = Math.min(Math.max(0, first.due - now), LONGEST_SLEEP);
    this.wakesAt = now + sleep;
    this.cancel = this.time.after(sleep, this.wake);
  }

  private remove(item: Item): void {
    const { slot } = item;
    const last = this.heap.pop();
    item.slot = -1;
    if (last === undefined || last === item) return;
    this.place(last, slot);
    this.rise(slot);
    this.sink(last.slot);
  }

  private rise(slot: number): void {
    let child = slot;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.swapIfEarlier(child, parent)) return;
      child = parent;
    }
  }

  private sink(slot: number): void {
    let parent = slot;
    for (;;) {
      const left = 2 * parent + 1;
      const right = left + 1;
      const child = this.dueAt(right) < this.dueAt(left) ? right : left;
      if (!this.swapIfEarlier(child, parent)) return;
      parent = child;
    }
  }

  private swapIfEarlier(child: number, parent: number): boolean {
    const lower = this.heap[child];
    const upper = this.heap[parent];
    if (lower === undefined || upper === undefined || lower.due >= upper.due) return false;
    this.place(lower, parent);
    this.place(upper, child);
    return true;
  }

  private place(item: Item, slot: number): void {
    this.heap[slot] = item;
    item.slot = slot;
  }

  private dueAt(slot: number): number {
    return this.heap[slot]?.due ?? Infinity;
  }
}

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
    const next = Math.min(...this.deadlinesOf(instance).map(({ deadline }) => deadline));
    if (this.started) this.queue.set(instance, next === Infinity ? null : next);
  }

  stop(): void {
    this.queue.stop();
  }

  private fire(instance: SagaInstance): void {
    const now = this.time.now();
    const inOrder = this.deadlinesOf(instance).toSorted((a, b) => a.deadline - b.deadline);
    for (const { key, due, deadline } of inOrder) if (deadline <= now) this.onDue(instance, { key, due });
  }

  /** Computes when each timer fires, once a timer, so that setting the clock afterwards does not put it off. */
  private deadlinesOf(instance: SagaInstance): readonly Deadline[] {
    const known = instance.deadlines;
    instance.deadlines = Object.entries(instance.current.timers).map(
      ([key, due]) =>
        known.find((one) => one.key === key && one.due === due) ?? {
          key,
          due,
          deadline: this.time.of(Date.parse(due)),
        },
    );
    return instance.deadlines;
  }
}
