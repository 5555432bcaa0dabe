import type { ModelLook, ProjectionProgress, ProjectionStatus } from '../../engine/projections/progress.js';
import { NotReadyError } from '../../http/ops/not-ready.error.js';
import type { ReadinessCheck } from '../../http/ops/readiness.js';
import type { Position } from '../../shared/position.js';

export interface ProgressSources {
  readonly readModels: ProjectionProgress;
  readonly search: ProjectionProgress;
  /** Name of the model whose progress is in `search`. */
  readonly searchModel: string;
  /** How many milliseconds the index may take to tell its progress. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 500;
const NONE: readonly ProjectionStatus[] = [];

/** Composes the progress of the read models and of the search index; while the index is away, other reads go on without it. */
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

  /** Returns `nothing` while the index is away, which searches and a readiness check of its own report. */
  #patiently<Answer>(asked: Promise<Answer>, nothing: Answer): Promise<Answer> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Answer>((resolve) => {
      timer = setTimeout(() => resolve(nothing), this.sources.patienceMs ?? PATIENCE_MS);
    });
    return Promise.race([asked.catch(() => nothing), late]).finally(() => clearTimeout(timer));
  }
}

/** Switches between two sources of progress; a caller that waits goes on waiting at the source that takes over. */
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

/** How far the read models may be behind before the process is not ready. */
const MAX_LAG = 50_000;
/** How long they may stand still; longer than a standby takes to take over. */
const STILL_MS = 10_000;

interface Seen {
  readonly position: Position | null;
  readonly since: number;
}

/**
 * Checks that the read models follow the log: none is in its first build or far behind, none has stopped or cannot be stored, and none
 * stands still with events to fold, which shows trouble of another process.
 * @param now monotonic milliseconds
 */
export function followedCheck(progress: ProjectionProgress, now = () => performance.now()): ReadinessCheck {
  const waiting = new Map<string, Seen>();
  const standsStill = ({ name, position, lag }: ProjectionStatus): boolean => {
    const seen = waiting.get(name);
    if (lag === 0) waiting.delete(name);
    else if (seen === undefined || seen.position !== position) waiting.set(name, { position, since: now() });
    else return now() - seen.since >= STILL_MS;
    return false;
  };
  const wrongWith = (status: ProjectionStatus): string | null => {
    const isStill = standsStill(status);
    const { name, lag, state, trouble, complete } = status;
    if (trouble !== undefined) return `${name} cannot be stored: ${trouble}`;
    if (state === 'stopped') return `${name} is stopped`;
    if (!complete && lag > 0) return `${name} is being built`;
    if (lag > MAX_LAG) return `${name} is far behind`;
    return isStill ? `${name} stands still` : null;
  };
  return {
    name: 'read-models',
    check: async () => {
      const wrong = (await progress.status()).map(wrongWith).filter((reason) => reason !== null);
      if (wrong.length > 0) throw new NotReadyError(wrong.join('; '));
    },
  };
}
