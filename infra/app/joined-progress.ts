import type { Position } from '../event-store/index.js';
import type { ProjectionProgress, ProjectionStatus } from '../../projections/progress.js';

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

  async status(): Promise<readonly ProjectionStatus[]> {
    const [models, index] = await Promise.all([this.sources.readModels.status(), this.#searchStatus()]);
    return [...models, ...index];
  }

  /** That it is away the readiness check of its own says. */
  #searchStatus(): Promise<readonly ProjectionStatus[]> {
    const { search, patienceMs = PATIENCE_MS } = this.sources;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<readonly ProjectionStatus[]>((resolve) => {
      timer = setTimeout(() => resolve(NONE), patienceMs);
    });
    return Promise.race([search.status().catch(() => NONE), late]).finally(() => clearTimeout(timer));
  }
}
