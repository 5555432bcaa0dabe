import type { CollectionState, ProjectionStore } from '../../read-model-store/index.js';
import { distance, type Position } from '../../shared/position.js';
import { completeBuilds, heldBuilds } from './build-marks.js';
import { labelOf, parkedKeyCount } from './parked-keys.js';

/**
 * `live`: follows the log. `catching-up`: on its way there since the start. `building`: its runner makes another version or
 * a rebuild, which will take its place. `stopped`: its runner has ended.
 */
export type ProjectionCondition = 'live' | 'catching-up' | 'building' | 'stopped';

export interface ModelProgress {
  readonly name: string;
  /** The version that is read, and which rebuild of it. */
  readonly version: number;
  readonly build: number;
  /** Everything up to here is in what is read; null when nothing is. */
  readonly position: Position | null;
  /** Keys whose events wait for a retry. */
  readonly parked: number;
  readonly state: ProjectionCondition;
  /** It has caught up with the log once; before, what is read is half of what the log tells. */
  readonly complete: boolean;
  /** Only while what was folded cannot be stored, which is tried again: the name of the error. */
  readonly trouble?: string;
}

/** What a read has to know of a model. */
export type ModelLook = Omit<ModelProgress, 'state' | 'trouble'>;

export interface ProjectionStatus extends ModelProgress {
  /** How far behind the head of the log, in the log's own unit (SQLite: events). */
  readonly lag: number;
}

/** What a runner tells after every page; plain data, so that it can cross threads. */
export interface ProgressUpdate {
  readonly models: readonly ModelProgress[];
}

/** How far the read models have come, for reads that wait and for operators. */
export interface ProjectionProgress {
  /** True as soon as a read of this model sees everything up to `position`; false when it did not in time. */
  waitFor(model: string, position: Position, timeoutMs: number): Promise<boolean>;
  /**
   * What is known of one model, no older than what `waitFor` has said of it; cheap enough for every read, and known without
   * the log. Undefined for a model that nothing was heard of.
   */
  look(model: string): Promise<ModelLook | undefined>;
  status(): Promise<readonly ProjectionStatus[]>;
}

/** Injection token of ProjectionProgress. */
export const PROJECTION_PROGRESS = Symbol('ProjectionProgress');

export interface ProgressFeed extends ProjectionProgress {
  /** Takes over the update of a runner, in this thread or another. */
  update(update: ProgressUpdate): void;
}

/** Progress from the updates of a runner. `head` is the log's. */
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

const POLL_MS = 10;
/** How old a look at a model that has not moved may be: a retry changes what is parked, too. */
const FRESH_MS = 1_000;

export interface PolledProgressOptions {
  readonly readModelStore: ProjectionStore;
  /** Names of the read models that there have to be. */
  readonly models: readonly string[];
  /** Head of the log. */
  readonly head: () => Promise<Position | null>;
  /** Where given, what was made from another log counts as nothing. */
  readonly logId?: string;
}

/** Progress from the checkpoints that a runner of another process stores; one poll for all who wait. */
export const createPolledProgress = (options: PolledProgressOptions): ProjectionProgress => new PolledProgress(options);

interface Look {
  /** The position that the model was known to have then. */
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
    const { readModelStore } = this.options;
    const states = await this.#states();
    const [held, complete] = await Promise.all([
      heldBuilds.labels(readModelStore),
      completeBuilds.labels(readModelStore),
    ]);
    return { states, held, complete };
  }

  async #lookAt(name: string, seen: Seen): Promise<ModelLook> {
    const live = buildsOf(name, seen).find((state) => state.live);
    return {
      name,
      version: live?.version ?? 0,
      build: live?.build ?? 0,
      position: this.#positionOf(live),
      parked: live === undefined ? 0 : await parkedKeyCount(this.options.readModelStore, labelOf(live)),
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
    const states = await this.options.readModelStore.collections();
    for (const model of this.options.models) {
      const read = states.find(({ name, live }) => name === model && live);
      this.#waiters.reach(model, this.#positionOf(read));
    }
    return states;
  }
}

/** The store's collections and marks as of one look. */
interface Seen {
  readonly states: readonly CollectionState[];
  readonly held: ReadonlySet<string>;
  readonly complete: ReadonlySet<string>;
}

/** The builds of a model that its runner keeps: not those of a rebuild, before they are handed over to it. */
const buildsOf = (name: string, { states, held }: Seen): readonly CollectionState[] =>
  states.filter((state) => state.name === name && !held.has(labelOf(state)));

interface Waiter {
  readonly position: Position;
  readonly settle: (reached: boolean) => void;
}

/** The longest delay of a timer; longer waits have none. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Reads that wait for a read model to reach a position. */
class ProgressWaiters {
  readonly #positions = new Map<string, Position>();
  readonly #waiting = new Map<string, Set<Waiter>>();

  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** How far the model is known to be. */
  reached(model: string): Position | undefined {
    return this.#positions.get(model);
  }

  hasReached(model: string, position: Position): boolean {
    const known = this.#positions.get(model);
    return known !== undefined && known >= position;
  }

  /** Null: nothing of it is there, not even what was. */
  reach(model: string, position: Position | null): void {
    if (position === null) return void this.#positions.delete(model);
    this.#positions.set(model, position);
    const waiters = this.#waiting.get(model);
    if (waiters === undefined) return;
    for (const waiter of waiters) if (waiter.position <= position) waiter.settle(true);
  }

  wait(model: string, position: Position, timeoutMs: number): Promise<boolean> {
    if (this.hasReached(model, position)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = timeoutMs > LONGEST_TIMER_MS ? undefined : setTimeout(() => waiter.settle(false), timeoutMs);
      const waiter: Waiter = {
        position,
        settle: (reached) => {
          clearTimeout(timer);
          this.#remove(model, waiter);
          resolve(reached);
        },
      };
      this.#add(model, waiter);
    });
  }

  #add(model: string, waiter: Waiter): void {
    const waiters = this.#waiting.get(model);
    if (waiters === undefined) this.#waiting.set(model, new Set([waiter]));
    else waiters.add(waiter);
  }

  #remove(model: string, waiter: Waiter): void {
    const waiters = this.#waiting.get(model);
    waiters?.delete(waiter);
    if (waiters?.size === 0) this.#waiting.delete(model);
  }
}
