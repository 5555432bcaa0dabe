import type { Hold, HoldOptions } from './faults.js';

/** One hold: lets calls wait until it is released or used up. */
export class CallHold implements Hold {
  readonly what: HoldOptions['what'];
  #left: number;
  #released = false;
  #waiting: (() => void)[] = [];
  #watchers: { readonly count: number; readonly resolve: () => void }[] = [];
  readonly #timer: NodeJS.Timeout | undefined;

  constructor({ what, count, forMs }: HoldOptions) {
    this.what = what;
    this.#left = count ?? Number.POSITIVE_INFINITY;
    if (forMs !== undefined) this.#timer = setTimeout(() => this.release(), forMs);
  }

  get held(): number {
    return this.#waiting.length;
  }

  get takesMore(): boolean {
    return !this.#released && this.#left > 0;
  }

  /** Resolves when the call may go on. */
  wait(): Promise<void> {
    this.#left -= 1;
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#watchers = this.#watchers.filter(({ count, resolve: reached }) => {
        if (this.held < count) return true;
        reached();
        return false;
      });
    });
  }

  untilHeld(count: number): Promise<void> {
    if (this.held >= count) return Promise.resolve();
    return new Promise((resolve) => {
      this.#watchers.push({ count, resolve });
    });
  }

  release(): void {
    clearTimeout(this.#timer);
    this.#released = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
