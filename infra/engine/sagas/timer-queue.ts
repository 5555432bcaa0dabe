import type { SteadyTime } from './clock.js';

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
