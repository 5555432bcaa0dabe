/** Pauses that `stop` cuts short, for who tries again. */
export class Pauses {
  readonly #sleepers = new Set<() => void>();
  #stopped = false;

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Resolves to false when there is no use in trying again because it was stopped. */
  async sleep(milliseconds: number): Promise<boolean> {
    if (this.#stopped) return false;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      this.#sleepers.add(wake);
    });
    return !this.#stopped;
  }

  stop(): void {
    this.#stopped = true;
    for (const wake of this.#sleepers) wake();
  }
}

/** The pause after the so-many-th failure, from 1; the last one counts for all that follow. */
export const pauseAfter = (failures: number, pauses: readonly number[]): number =>
  pauses[Math.min(failures, pauses.length) - 1] ?? 0;
