import type { Position } from '../../infra/event-store/index.js';

interface Waiter {
  readonly position: Position;
  readonly settle: (reached: boolean) => void;
}

/** The longest delay of a timer; longer waits have none. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Reads that wait for a read model to reach a position. */
export class ProgressWaiters {
  readonly #positions = new Map<string, Position>();
  readonly #waiting = new Map<string, Set<Waiter>>();

  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** How far the model is known to be. */
  reached(model: string): Position | undefined {
    return this.#positions.get(model);
  }

  hasReached(model: string, position: Position): boolean {
    const known = this.#positions.get(model);
    return known !== undefined && known >= position;
  }

  /** Null: nothing of it is there, not even what was. */
  reach(model: string, position: Position | null): void {
    if (position === null) return void this.#positions.delete(model);
    this.#positions.set(model, position);
    const waiters = this.#waiting.get(model);
    if (waiters === undefined) return;
    for (const waiter of waiters) if (waiter.position <= position) waiter.settle(true);
  }

  wait(model: string, position: Position, timeoutMs: number): Promise<boolean> {
    if (this.hasReached(model, position)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = timeoutMs > LONGEST_TIMER_MS ? undefined : setTimeout(() => waiter.settle(false), timeoutMs);
      const waiter: Waiter = {
        position,
        settle: (reached) => {
          clearTimeout(timer);
          this.#remove(model, waiter);
          resolve(reached);
        },
      };
      this.#add(model, waiter);
    });
  }

  #add(model: string, waiter: Waiter): void {
    const waiters = this.#waiting.get(model);
    if (waiters === undefined) this.#waiting.set(model, new Set([waiter]));
    else waiters.add(waiter);
  }

  #remove(model: string, waiter: Waiter): void {
    const waiters = this.#waiting.get(model);
    waiters?.delete(waiter);
    if (waiters?.size === 0) this.#waiting.delete(model);
  }
}
