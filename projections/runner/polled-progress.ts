import { distance, type Position } from '../../infra/event-store/index.js';
import type { CollectionState, ReadStore } from '../../infra/read-store/index.js';
import type { ProjectionProgress, ProjectionStatus } from '../progress.js';
import { completeBuilds, heldBuilds } from './build-marks.js';
import { labelOf, parkedKeyCount } from './parked-keys.js';
import { ProgressWaiters } from './progress-waiters.js';

const POLL_MS = 10;
/** How old a look at a model that has not moved may be: a retry changes what is parked, too. */
const FRESH_MS = 1_000;

export interface PolledProgressOptions {
  readonly readStore: ReadStore;
  /** Names of the read models that there have to be. */
  readonly models: readonly string[];
  /** Head of the log. */
  readonly head: () => Promise<Position | null>;
  /** Where given, what was made from another log counts as nothing. */
  readonly logId?: string;
}

/** Progress of a runner in another process, seen by what it leaves in the store; one poll for all who wait. */
export const createPolledProgress = (options: PolledProgressOptions): ProjectionProgress => new PolledProgress(options);

interface Look {
  /** How far the model was known to be then. */
  readonly known: Position | undefined;
  readonly at: number;
  readonly status: Promise<ProjectionStatus>;
}

class PolledProgress implements ProjectionProgress {
  readonly #waiters = new ProgressWaiters();
  readonly #looks = new Map<string, Look>();
  #polling = false;

  constructor(private readonly options: PolledProgressOptions) {}

  async waitFor(model: string, position: Position, timeoutMs: number): Promise<boolean> {
    if (this.#waiters.hasReached(model, position)) return true;
    const reached = this.#waiters.wait(model, position, timeoutMs);
    if (!this.#polling) void this.#poll();
    return reached;
  }

  look(model: string): Promise<ProjectionStatus> {
    const last = this.#looks.get(model);
    const [known, at] = [this.#waiters.reached(model), performance.now()];
    if (last !== undefined && last.known === known && at - last.at < FRESH_MS) return last.status;
    const status = this.#statuses([model]).then(([found]) => found as ProjectionStatus);
    this.#looks.set(model, { known, at, status });
    const forget = (): void => {
      if (this.#looks.get(model)?.status === status) this.#looks.delete(model);
    };
    // What is incomplete may be complete the next moment.
    status.then(({ complete }) => complete || forget(), forget);
    return status;
  }

  status(): Promise<readonly ProjectionStatus[]> {
    return this.#statuses(this.options.models);
  }

  async #statuses(models: readonly string[]): Promise<readonly ProjectionStatus[]> {
    const { readStore } = this.options;
    const states = await this.#states();
    const [held, complete] = await Promise.all([heldBuilds.labels(readStore), completeBuilds.labels(readStore)]);
    const head = await this.options.head();
    return Promise.all(models.map((name) => this.#statusOf(name, { states, held, complete, head })));
  }

  async #statusOf(name: string, { states, held, complete, head }: Seen): Promise<ProjectionStatus> {
    // What a rebuild makes elsewhere is no affair of the runner's until it is handed over.
    const builds = states.filter((state) => state.name === name && !held.has(labelOf(state)));
    const live = builds.find((state) => state.live);
    const position = this.#positionOf(live);
    const lag = distance(position, head);
    return {
      name,
      version: live?.version ?? 0,
      build: live?.build ?? 0,
      position,
      lag,
      parked: live === undefined ? 0 : await parkedKeyCount(this.options.readStore, labelOf(live)),
      state: builds.some((state) => !state.live) ? 'building' : lag === 0 ? 'live' : 'catching-up',
      complete: live !== undefined && !this.#isForeign(live) && complete.has(labelOf(live)),
    };
  }

  #positionOf(state: CollectionState | undefined): Position | null {
    return state === undefined || this.#isForeign(state) ? null : (state.checkpoint?.position ?? null);
  }

  #isForeign({ checkpoint }: CollectionState): boolean {
    const { logId } = this.options;
    return checkpoint !== null && logId !== undefined && checkpoint.logId !== logId;
  }

  async #poll(): Promise<void> {
    this.#polling = true;
    while (this.#waiters.isWaiting) {
      // While the store cannot answer the waits run into their own time limits.
      await this.#states().catch(() => undefined);
      if (this.#waiters.isWaiting) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    this.#polling = false;
  }

  async #states(): Promise<readonly CollectionState[]> {
    const states = await this.options.readStore.collections();
    for (const model of this.options.models) {
      const read = states.find(({ name, live }) => name === model && live);
      this.#waiters.reach(model, this.#positionOf(read));
    }
    return states;
  }
}

/** What the store and the log have told. */
interface Seen {
  readonly states: readonly CollectionState[];
  readonly held: ReadonlySet<string>;
  readonly complete: ReadonlySet<string>;
  readonly head: Position | null;
}
