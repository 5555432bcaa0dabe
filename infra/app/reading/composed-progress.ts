import type { Position } from '../../shared/position.js';
import type { ModelLook, ProjectionProgress, ProjectionStatus } from '../../engine/projections/progress.js';

export interface ProgressSources {
  readonly readModels: ProjectionProgress;
  readonly search: ProjectionProgress;
  /** Name of the model that `search` tells of. */
  readonly searchModel: string;
  /** How long the index may take to say how far it is, milliseconds. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 500;
const NONE: readonly ProjectionStatus[] = [];

/** Progress of the read models and of the search index: while the index is away, reads of all else go on without it. */
export class JoinedProgress implements ProjectionProgress {
  constructor(private readonly sources: ProgressSources) {}

  waitFor(model: string, position: Position, timeoutMs: number): Promise<boolean> {
    const { readModels, search, searchModel } = this.sources;
    return (model === searchModel ? search : readModels).waitFor(model, position, timeoutMs);
  }

  look(model: string): Promise<ModelLook | undefined> {
    const { readModels, search, searchModel } = this.sources;
    return model === searchModel ? this.#patiently(search.look(model), undefined) : readModels.look(model);
  }

  async status(): Promise<readonly ProjectionStatus[]> {
    const { readModels, search } = this.sources;
    const [models, index] = await Promise.all([readModels.status(), this.#patiently(search.status(), NONE)]);
    return [...models, ...index];
  }

  /** Answers `nothing` where the index is away: that it is, searching itself and a readiness check of its own say. */
  #patiently<Answer>(asked: Promise<Answer>, nothing: Answer): Promise<Answer> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Answer>((resolve) => {
      timer = setTimeout(() => resolve(nothing), this.sources.patienceMs ?? PATIENCE_MS);
    });
    return Promise.race([asked.catch(() => nothing), late]).finally(() => clearTimeout(timer));
  }
}

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
