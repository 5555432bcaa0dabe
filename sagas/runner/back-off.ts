import type { SagaClock } from './clock.js';

/** Waits that double, and that `stop` cuts short. */
export class BackOff {
  private readonly sleepers = new Set<() => void>();
  private isStopped = false;

  constructor(
    private readonly clock: SagaClock,
    private readonly delays: { readonly first: number; readonly longest: number },
  ) {}

  get stopped(): boolean {
    return this.isStopped;
  }

  /** Resolves to false when there is no use in trying again because the runner stops. */
  async sleep(attempt: number): Promise<boolean> {
    if (this.isStopped) return false;
    const { first, longest } = this.delays;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        cancel();
        this.sleepers.delete(wake);
        resolve();
      };
      const cancel = this.clock.after(Math.min(longest, first * 2 ** attempt), wake);
      this.sleepers.add(wake);
    });
    return !this.isStopped;
  }

  stop(): void {
    this.isStopped = true;
    for (const wake of this.sleepers) wake();
  }
}
