import { distance, type Position } from '../../infra/event-store/index.js';
import type { CollectionState, ReadStore } from '../../infra/read-store/index.js';
import type { ProjectionProgress, ProjectionStatus } from '../progress.js';
import { isOwnCollection } from './own-collections.js';
import { labelOf, parkedKeyCount } from './parked-keys.js';
import { ProgressWaiters } from './progress-waiters.js';

const POLL_MS = 10;

export interface PolledProgressOptions {
  readonly readStore: ReadStore;
  /** Head of the log. */
  readonly head: () => Promise<Position | null>;
  /** Where given, what was made from another log counts as nothing. */
  readonly logId?: string;
}

/** Progress of a runner in another process, seen by the checkpoints that it leaves; one poll for all who wait. */
export const createPolledProgress = (options: PolledProgressOptions): ProjectionProgress => new PolledProgress(options);

class PolledProgress implements ProjectionProgress {
  readonly #waiters = new ProgressWaiters();
  #polling = false;

  constructor(private readonly options: PolledProgressOptions) {}

  async waitFor(model: string, position: Position, timeoutMs: number): Promise<boolean> {
    if (this.#waiters.hasReached(model, position)) return true;
    const reached = this.#waiters.wait(model, position, timeoutMs);
    if (!this.#polling) void this.#poll();
    return reached;
  }

  async status(): Promise<readonly ProjectionStatus[]> {
    const { readStore } = this.options;
    const states = await readStore.collections();
    const head = await this.options.head();
    const live = states.filter((state) => state.live && !isOwnCollection(state.name));
    return Promise.all(live.map((state) => this.#statusOf(state, states, head)));
  }

  async #statusOf(
    state: CollectionState,
    states: readonly CollectionState[],
    head: Position | null,
  ): Promise<ProjectionStatus> {
    const { name, version } = state;
    const position = this.#positionOf(state);
    const lag = distance(position, head);
    const isBuilding = states.some((other) => other.name === name && !other.live);
    return {
      name,
      version,
      position,
      lag,
      parked: await parkedKeyCount(this.options.readStore, labelOf(state)),
      state: isBuilding ? 'building' : lag === 0 ? 'live' : 'catching-up',
    };
  }

  #positionOf({ checkpoint }: CollectionState): Position | null {
    const { logId } = this.options;
    const isForeign = logId !== undefined && checkpoint?.logId !== logId;
    return isForeign ? null : (checkpoint?.position ?? null);
  }

  async #poll(): Promise<void> {
    this.#polling = true;
    while (this.#waiters.isWaiting) {
      await this.#look();
      if (this.#waiters.isWaiting) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    this.#polling = false;
  }

  async #look(): Promise<void> {
    // While the store cannot answer the waits run into their own time limits.
    const states = await this.options.readStore.collections().catch(() => []);
    for (const state of states) if (state.live) this.#waiters.reach(state.name, this.#positionOf(state));
  }
}
