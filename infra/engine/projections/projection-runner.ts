import { distance, type Position } from '../../shared/position.js';
import { sleep } from '../../shared/back-off.js';
import { completeBuilds } from './build-marks.js';
import { forgetParked, labelOf, parkedEvents, parkedKeys } from './parked-keys.js';
import { retryParked, type RetryOutcome } from './parked-retry.js';
import { createProgressFeed, type ModelProgress, type ProjectionProgress } from './progress.js';
import { Projection } from './projection.js';
import { ProjectionFeed } from './projection-feed.js';
import { planModel, type PlannedProjection } from './projection-plan.js';
import { isPassing, logTrouble } from './log-trouble.js';
import type { ProjectionRunnerOptions } from './runner-options.js';

const CACHED_DOCUMENTS = 2_000;
const FAR_BEHIND = 10_000;
const RETRY_MS = 200;

export interface ProjectionRunner {
  /**
   * Resolves when all models are being followed.
   * @throws StoreRefusedError a checkpoint belongs to another log or lies past its head
   */
  start(): Promise<void>;
  /** Stops following, stores every checkpoint; the stores stay open. */
  close(): Promise<void>;
  /** Resolves when every model has folded all that the log holds at the time of the call. */
  caughtUp(): Promise<void>;
  /** Folds the parked events of a key again. */
  retry(model: string, key: string): Promise<RetryOutcome>;
  /** Whether the collection `name@version.build` is one of those that it keeps. */
  keeps(label: string): boolean;
  readonly progress: ProjectionProgress;
}

/** Keeps the read models up to date; the only one to write their collections. */
export const createProjectionRunner = (options: ProjectionRunnerOptions): ProjectionRunner =>
  new CatchUpRunner(options);

class CatchUpRunner implements ProjectionRunner {
  readonly #progress;
  readonly #shared: ProjectionFeed;
  #behind: ProjectionFeed | null = null;
  /** Versions that are read without being kept up to date. */
  readonly #frozen = new Map<string, ModelProgress>();
  readonly #recovering = new Set<ProjectionFeed>();
  readonly #ended = new AbortController();
  /** Called after every change, for those who wait until all have caught up. */
  readonly #checks = new Set<() => void>();
  #failure: { readonly error: unknown } | null = null;

  constructor(private readonly options: ProjectionRunnerOptions) {
    this.#progress = createProgressFeed(() => options.eventStore.head());
    this.#shared = this.#createFeed();
  }

  get progress(): ProjectionProgress {
    return this.#progress;
  }

  async start(): Promise<void> {
    const { models, readModelStore } = this.options;
    await readModelStore.documents.ensure(parkedKeys);
    await readModelStore.documents.ensure(parkedEvents);
    const projections: Projection[] = [];
    for (const model of models) {
      const plan = await planModel(model, this.options);
      if (plan.frozen !== null) this.#frozen.set(model.name, plan.frozen);
      projections.push(...plan.projections.map((planned) => this.#createProjection(planned)));
    }
    for (const projection of projections) await projection.reload();
    this.#share(projections);
    this.#report();
    this.#shared.start();
    this.#behind?.start();
  }

  async close(): Promise<void> {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    for (const feed of this.#feeds()) {
      await feed.stop();
      await feed.exclusive(() => feed.flush()).catch((error: unknown) => logTrouble(error, this.options.logger));
    }
    for (const check of this.#checks) check();
  }

  async caughtUp(): Promise<void> {
    const head = await this.options.eventStore.head();
    const hasCaughtUp = ({ position, state, complete }: ModelProgress): boolean =>
      complete && state !== 'building' && (head === null || (position !== null && position >= head));
    await new Promise<void>((resolve, reject) => {
      const check = (): void => {
        const isThere = this.#models().every(hasCaughtUp);
        const isOver = this.#ended.signal.aborted;
        if (isThere && this.#failure === null) resolve();
        else if (isOver) reject(this.#failure?.error ?? new Error('the projection runner was closed'));
        if (isThere || isOver) this.#checks.delete(check);
      };
      this.#checks.add(check);
      check();
    });
  }

  async retry(model: string, key: string): Promise<RetryOutcome> {
    for (const feed of this.#feeds()) {
      const projection = feed.projections.find((one) => one.model.name === model && one.parked.has(key));
      if (projection === undefined) continue;
      const result = await feed.exclusive(() => retryParked(projection, key, this.options));
      this.options.logger.info({ projection: projection.label, key, ...result }, 'parked key retried');
      this.#report();
      return result;
    }
    return { outcome: 'not-parked' };
  }

  keeps(label: string): boolean {
    return this.#feeds().some((feed) => feed.projections.some((projection) => projection.label === label));
  }

  #feeds(): ProjectionFeed[] {
    return this.#behind === null ? [this.#shared] : [this.#shared, this.#behind];
  }

  #createFeed(): ProjectionFeed {
    return new ProjectionFeed({
      eventStore: this.options.eventStore,
      readModelStore: this.options.readModelStore,
      onProgress: () => this.#report(),
      onCaughtUp: (feed) =>
        void this.#settleIn(feed).catch((error: unknown) =>
          this.#trouble(this.#feeds().includes(feed) ? feed : this.#shared, error),
        ),
      onTrouble: (feed, error) => void this.#trouble(feed, error),
    });
  }

  #createProjection(planned: PlannedProjection): Projection {
    const { readModelStore, logger, cachedDocuments = CACHED_DOCUMENTS } = this.options;
    return new Projection({
      ...planned,
      store: readModelStore,
      cachedDocuments,
      onParked: (parked) => logger.error(parked, 'an event cannot be applied: its key is parked'),
    });
  }

  /** Starts one subscription for all projections, and another for those that are far behind. */
  #share(projections: readonly Projection[]): void {
    const furthest = projections.reduce<Position | null>(
      (most, { folded }) => (folded !== null && (most === null || folded > most) ? folded : most),
      null,
    );
    const { farBehind = FAR_BEHIND } = this.options;
    const isNear = ({ folded }: Projection): boolean => distance(folded, furthest) <= farBehind;
    this.#shared.projections = projections.filter(isNear);
    const far = projections.filter((projection) => !isNear(projection));
    if (far.length === 0) return;
    this.#behind = this.#createFeed();
    this.#behind.projections = far;
  }

  /** Moves projections of a feed that has caught up to the shared one, and swaps in builds that are complete. */
  async #settleIn(feed: ProjectionFeed): Promise<void> {
    const caughtUp = feed.projections;
    if (feed === this.#behind) await this.#join(feed);
    await this.#shared.exclusive(async () => {
      await this.#complete(caughtUp);
      await this.#promoteBuilt();
    });
    this.#report();
  }

  /** Marks builds that have caught up for the first time as complete, in the store. */
  async #complete(caughtUp: readonly Projection[]): Promise<void> {
    const first = caughtUp.filter(({ isLive, isComplete }) => isLive && !isComplete);
    if (first.length === 0) return;
    await this.#shared.flush();
    const builds = first.map(({ parts }) => parts.collection);
    await completeBuilds.set(this.options.readModelStore, builds);
    for (const projection of first) projection.isComplete = true;
  }

  async #join(feed: ProjectionFeed): Promise<void> {
    await feed.stop();
    await this.#shared.exclusive(async () => {
      await this.#closeGap(feed);
      this.#shared.projections = [...this.#shared.projections, ...feed.projections];
      this.#behind = null;
    });
  }

  /** Folds what the shared feed has handed over since, while that feed stands still. */
  async #closeGap(feed: ProjectionFeed): Promise<void> {
    const upTo = this.#shared.position;
    const from = feed.position;
    if (upTo === null || (from !== null && from >= upTo)) return;
    let page = [];
    for await (const event of this.options.eventStore.readAll({ from })) {
      if (event.position > upTo) break;
      page.push(event);
      if (page.length < 500) continue;
      await feed.take(page, event.position);
      page = [];
    }
    await feed.take(page, upTo);
    await feed.flush();
  }

  async #promoteBuilt(): Promise<void> {
    const built = this.#shared.projections.filter((projection) => !projection.isLive);
    if (built.length === 0) return;
    await this.#shared.flush();
    for (const projection of built) {
      const { readModelStore } = this.options;
      const states = (await readModelStore.collections()).filter(({ name }) => name === projection.model.name);
      const replaced = states.map(labelOf).filter((label) => label !== projection.label);
      await completeBuilds.set(readModelStore, [projection.parts.collection]);
      await readModelStore.promote(projection.parts.collection);
      await completeBuilds.lift(readModelStore, replaced);
      for (const label of replaced) await forgetParked(readModelStore, label);
      projection.isLive = true;
      projection.isComplete = true;
      this.#frozen.delete(projection.model.name);
      this.#shared.projections = this.#shared.projections.filter(
        (other) => other === projection || other.model.name !== projection.model.name,
      );
      this.options.logger.info({ projection: projection.label }, 'the read model was built and is live');
    }
  }

  /** Restarts a feed from what is stored after a store failed (that of the keys of personal data, too); any other error ends the runner. */
  async #trouble(feed: ProjectionFeed, error: unknown): Promise<void> {
    if (this.#ended.signal.aborted || this.#recovering.has(feed)) return;
    this.#recovering.add(feed);
    let trouble: unknown = error;
    while (trouble !== null) {
      logTrouble(trouble, this.options.logger);
      if (!isPassing(trouble)) return this.#fail(trouble);
      feed.trouble = trouble.name;
      this.#report();
      trouble = await this.#restart(feed).then(
        () => null,
        (cause: unknown) => cause,
      );
      if (this.#ended.signal.aborted) return;
    }
    this.#recovering.delete(feed);
  }

  async #restart(feed: ProjectionFeed): Promise<void> {
    await feed.stop();
    if (!(await sleep(RETRY_MS, this.#ended.signal))) return;
    await feed.exclusive(async () => {
      for (const projection of feed.projections) await projection.reload();
    });
    if (!this.#ended.signal.aborted) feed.start();
  }

  async #fail(error: unknown): Promise<void> {
    this.#failure = { error };
    this.#ended.abort();
    for (const feed of this.#feeds()) await feed.stop();
    this.#report();
    this.options.onStopped?.(error);
  }

  #report(): void {
    const models = this.#models();
    this.#progress.update({ models });
    this.options.onProgress?.({ models });
    for (const check of this.#checks) check();
  }

  #models(): ModelProgress[] {
    return this.options.models.map(({ name }) => this.#progressOf(name));
  }

  /** The progress of the version of a model that is read. */
  #progressOf(name: string): ModelProgress {
    const feeds = this.#feeds();
    const kept = feeds.map((feed) => feed.progressOf(name)).find((progress) => progress !== null);
    const progress = kept ?? this.#frozen.get(name) ?? noProgress(name);
    if (this.#failure !== null) return { ...progress, state: 'stopped' };
    return feeds.some((feed) => feed.builds(name)) ? { ...progress, state: 'building' } : progress;
  }
}

const noProgress = (name: string): ModelProgress => ({
  name,
  version: 0,
  build: 0,
  position: null,
  parked: 0,
  state: 'building',
  complete: false,
});
