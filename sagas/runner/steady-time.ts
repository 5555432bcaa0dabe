import type { SagaClock } from './clock.js';

/** Less is the clock being kept in step with others. */
const JUMP_MS = 1_000;

/**
 * Time for waiting: it goes forward with the process, and also where the clock was put forward or the machine slept; it
 * does not go back where the clock is put back, so that what was to happen in five seconds still does.
 */
export class SteadyTime {
  private ahead: number;
  private leaps = 0;

  constructor(private readonly clock: SagaClock) {
    this.ahead = clock.now() - clock.running();
  }

  now(): number {
    const running = this.clock.running();
    const ahead = this.clock.now() - running;
    const leap = ahead - this.ahead;
    if (Math.abs(leap) > JUMP_MS) {
      this.ahead = ahead;
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
