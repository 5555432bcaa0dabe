import type { Position } from '../event-store/index.js';
import type { ModelLook, ProjectionProgress, ProjectionStatus } from '../../projections/progress.js';

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

  /** What the index tells, or nothing while it is away: that it is, searching itself and a readiness check of its own say. */
  #patiently<Told>(told: Promise<Told>, nothing: Told): Promise<Told> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Told>((resolve) => {
      timer = setTimeout(() => resolve(nothing), this.sources.patienceMs ?? PATIENCE_MS);
    });
    return Promise.race([told.catch(() => nothing), late]).finally(() => clearTimeout(timer));
  }
}
