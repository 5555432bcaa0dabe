import type { SagaClock } from '../index.js';

/** Time that passes when the test says so. */
export class ManualClock implements SagaClock {
  /** The store stamps events by the machine's clock. */
  private time = Date.now();
  private waiting: { readonly due: number; readonly callback: () => void }[] = [];

  private run = 0;

  now(): number {
    return this.time;
  }

  running(): number {
    return this.run;
  }

  /** Somebody sets the clock, or the machine has slept: nothing runs meanwhile. */
  set(milliseconds: number): void {
    this.time += milliseconds;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const entry = { due: this.run + milliseconds, callback };
    this.waiting.push(entry);
    // What is due already need not wait for the test.
    if (milliseconds <= 0) setImmediate(() => this.advance(0));
    return () => {
      this.waiting = this.waiting.filter((other) => other !== entry);
    };
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
    this.run += milliseconds;
    const due = this.waiting.filter((entry) => entry.due <= this.run).sort((a, b) => a.due - b.due);
    this.waiting = this.waiting.filter((entry) => !due.includes(entry));
    for (const { callback } of due) callback();
  }
}
