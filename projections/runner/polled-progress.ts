import { distance, type Position } from '../../infra/event-store/index.js';
import type { CollectionState, ReadStore } from '../../infra/read-store/index.js';
import type { ModelLook, ProjectionProgress, ProjectionStatus } from '../progress.js';
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
  readonly found: Promise<ModelLook>;
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

  look(model: string): Promise<ModelLook> {
    const last = this.#looks.get(model);
    const [known, at] = [this.#waiters.reached(model), performance.now()];
    if (last !== undefined && last.known === known && at - last.at < FRESH_MS) return last.found;
    const found = this.#see().then((seen) => this.#lookAt(model, seen));
    this.#looks.set(model, { known, at, found });
    const forget = (): void => {
      if (this.#looks.get(model)?.found === found) this.#looks.delete(model);
    };
    // What is incomplete may be complete the next moment.
    found.then(({ complete }) => complete || forget(), forget);
    return found;
  }

  async status(): Promise<readonly ProjectionStatus[]> {
    const seen = await this.#see();
    const head = await this.options.head();
    const statusOf = async (name: string): Promise<ProjectionStatus> => {
      const found = await this.#lookAt(name, seen);
      const lag = distance(found.position, head);
      const isBuilding = buildsOf(name, seen).some(({ live }) => !live);
      return { ...found, lag, state: isBuilding ? 'building' : lag === 0 ? 'live' : 'catching-up' };
    };
    return Promise.all(this.options.models.map(statusOf));
  }

  async #see(): Promise<Seen> {
    const { readStore } = this.options;
    const states = await this.#states();
    const [held, complete] = await Promise.all([heldBuilds.labels(readStore), completeBuilds.labels(readStore)]);
    return { states, held, complete };
  }

  async #lookAt(name: string, seen: Seen): Promise<ModelLook> {
    const live = buildsOf(name, seen).find((state) => state.live);
    return {
      name,
      version: live?.version ?? 0,
      build: live?.build ?? 0,
      position: this.#positionOf(live),
      parked: live === undefined ? 0 : await parkedKeyCount(this.options.readStore, labelOf(live)),
      complete: live !== undefined && !this.#isForeign(live) && seen.complete.has(labelOf(live)),
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

/** What the store has told. */
interface Seen {
  readonly states: readonly CollectionState[];
  readonly held: ReadonlySet<string>;
  readonly complete: ReadonlySet<string>;
}

/** Without what a rebuild makes elsewhere, which is no affair of the runner's until it is handed over. */
const buildsOf = (name: string, { states, held }: Seen): readonly CollectionState[] =>
  states.filter((state) => state.name === name && !held.has(labelOf(state)));
