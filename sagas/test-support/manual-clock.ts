import type { SagaClock } from '../runner/index.js';

/** Time that passes when the test says so. */
export class ManualClock implements SagaClock {
  private time = Date.parse('2026-11-02T10:00:00.000Z');
  private waiting: { readonly due: number; readonly callback: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(milliseconds: number, callback: () => void): () => void {
    const entry = { due: this.time + milliseconds, callback };
    this.waiting.push(entry);
    // What is due already need not wait for the test.
    if (milliseconds <= 0) setImmediate(() => this.advance(0));
    return () => {
      this.waiting = this.waiting.filter((other) => other !== entry);
    };
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
    const due = this.waiting.filter((entry) => entry.due <= this.time).sort((a, b) => a.due - b.due);
    this.waiting = this.waiting.filter((entry) => !due.includes(entry));
    for (const { callback } of due) callback();
  }
}
