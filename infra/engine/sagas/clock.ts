import type { Wait } from '../../shared/back-off.js';

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
