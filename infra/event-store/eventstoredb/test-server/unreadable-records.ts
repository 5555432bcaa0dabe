interface Unreadable {
  readonly position: number;
  readonly show: () => void;
}

/** Records that the writer knows of and that nobody can read yet: they become readable in their order. */
export class UnreadableRecords {
  readonly #waiting: Unreadable[] = [];
  #delayMs = 0;

  /** Where the first of them stands. */
  get first(): number | undefined {
    return this.#waiting[0]?.position;
  }

  /** From now on records become readable so much later; with 0 those that wait do so now. */
  set delayMs(milliseconds: number) {
    this.#delayMs = milliseconds;
    if (milliseconds === 0) this.#showUpTo(Infinity);
  }

  /** Calls `show` at once, or after the delay; answers what resolves then. */
  add(position: number, show: () => void): Promise<void> | null {
    if (this.#delayMs === 0) {
      show();
      return null;
    }
    return new Promise((resolve) => {
      this.#waiting.push({
        position,
        show: () => {
          show();
          resolve();
        },
      });
      setTimeout(() => this.#showUpTo(position), this.#delayMs).unref();
    });
  }

  #showUpTo(position: number): void {
    for (;;) {
      const [next] = this.#waiting;
      if (next === undefined || next.position > position) return;
      this.#waiting.shift();
      next.show();
    }
  }
}
