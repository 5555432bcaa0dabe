import type { Position } from '../event-store/index.js';
import type { ModelLook, ProjectionProgress, ProjectionStatus } from '../../projections/progress.js';

/** Progress from the one source or the other; who waits goes on waiting at the one that took over. */
export class SwitchedProgress implements ProjectionProgress {
  readonly #waiting = new Set<() => void>();

  constructor(private source: ProjectionProgress) {}

  use(source: ProjectionProgress): void {
    if (source === this.source) return;
    this.source = source;
    for (const goOn of this.#waiting) goOn();
  }

  async waitFor(model: string, position: Position, timeoutMs: number): Promise<boolean> {
    const giveUpAt = performance.now() + timeoutMs;
    for (;;) {
      const left = Math.max(0, giveUpAt - performance.now());
      const isReached = await this.#unlessSwitched(this.source.waitFor(model, position, left));
      if (isReached !== undefined) return isReached;
    }
  }

  look(model: string): Promise<ModelLook | undefined> {
    return this.source.look(model);
  }

  status(): Promise<readonly ProjectionStatus[]> {
    return this.source.status();
  }

  #unlessSwitched(wait: Promise<boolean>): Promise<boolean | undefined> {
    return new Promise((resolve, reject) => {
      const goOn = (): void => {
        this.#waiting.delete(goOn);
        resolve(undefined);
      };
      this.#waiting.add(goOn);
      wait.then(resolve, reject).finally(() => this.#waiting.delete(goOn));
    });
  }
}
