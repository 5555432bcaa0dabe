import { distance, type Position } from '../../infra/event-store/index.js';
import type { ModelProgress, ProgressUpdate, ProjectionProgress, ProjectionStatus } from '../progress.js';
import { ProgressWaiters } from './progress-waiters.js';

export interface ProgressFeed extends ProjectionProgress {
  /** What a runner told, here or in another thread. */
  update(update: ProgressUpdate): void;
}

/** Progress as a runner tells it. `head` is the log's. */
export const createProgressFeed = (head: () => Promise<Position | null>): ProgressFeed => new FedProgress(head);

class FedProgress implements ProgressFeed {
  readonly #waiters = new ProgressWaiters();
  #models: readonly ModelProgress[] = [];

  constructor(private readonly head: () => Promise<Position | null>) {}

  update({ models }: ProgressUpdate): void {
    this.#models = models;
    for (const { name, position } of models) this.#waiters.reach(name, position);
  }

  waitFor(model: string, position: Position, timeoutMs: number): Promise<boolean> {
    return this.#waiters.wait(model, position, timeoutMs);
  }

  async look(model: string): Promise<ModelProgress | undefined> {
    return this.#models.find(({ name }) => name === model);
  }

  async status(): Promise<readonly ProjectionStatus[]> {
    const head = await this.head();
    return this.#models.map((model) => ({ ...model, lag: distance(model.position, head) }));
  }
}
