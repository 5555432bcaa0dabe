import type { Position } from '../../shared/position.js';
import type { EventStore, RecordedEvent } from '../../event-store/index.js';
import type { CollectionDefinition, CollectionState, ProjectionStore } from '../../read-model-store/index.js';
import type { AnyReadModel } from './read-model.js';
import { heldBuilds } from './build-marks.js';
import { ModelComparison, type Comparison } from './model-comparison.js';
import { labelOf } from './parked-keys.js';
import { ProjectionFeed } from './projection-feed.js';
import { openHeldBuild } from './projection-plan.js';
import { Projection } from './projection.js';

export interface ModelRebuildOptions {
  readonly eventStore: EventStore;
  readonly readModelStore: ProjectionStore;
  readonly model: AnyReadModel;
  readonly onParked?: Projection['parts']['onParked'];
}

const PAGE = 500;
const CACHED_DOCUMENTS = 10_000;

/**
 * Opens a build of the model beside the live one, or the one that an earlier rebuild left unfinished. Null where there is
 * no live one: the runner makes it.
 */
export async function openModelRebuild(options: ModelRebuildOptions): Promise<ModelRebuild | null> {
  const { readModelStore, model } = options;
  const collection = await openHeldBuild(readModelStore, model);
  const live = (await readModelStore.collections()).find((state) => state.name === model.name && state.live);
  if (collection === null || live === undefined) return null;
  const rebuild = new ModelRebuild(options, collection, live);
  await rebuild.open();
  return rebuild;
}

/** A read model being built beside the live one, in whatever process; the runner swaps it in when it is handed over. */
export class ModelRebuild {
  private readonly projection: Projection;
  private readonly feed: ProjectionFeed;
  private trouble: { readonly error: unknown } | null = null;

  constructor(
    private readonly options: ModelRebuildOptions,
    readonly collection: CollectionDefinition,
    /** What was live when it was opened. */
    readonly live: CollectionState,
  ) {
    const { eventStore, readModelStore, model, onParked = () => undefined } = options;
    const cachedDocuments = CACHED_DOCUMENTS;
    this.projection = new Projection({
      model,
      collection,
      store: readModelStore,
      cachedDocuments,
      isLive: false,
      isComplete: false,
      onParked,
    });
    this.feed = new ProjectionFeed({
      eventStore,
      readModelStore,
      onProgress: () => undefined,
      onCaughtUp: () => undefined,
      onTrouble: (_, error) => (this.trouble = { error }),
    });
  }

  async open(): Promise<void> {
    await this.projection.reload();
    this.feed.projections = [this.projection];
  }

  /** `name@version.build` */
  get label(): string {
    return this.projection.label;
  }

  /** Everything up to here is in it. */
  get position(): Position | null {
    return this.projection.folded;
  }

  /** Keys that hold an event which cannot be applied. */
  get parked(): number {
    return this.projection.parked.size;
  }

  /**
   * Folds up to a position, exactly; `onPage` is told how far it has come.
   * @throws CheckpointConflictError another rebuild of the same model is at work
   */
  async buildUpTo(target: Position | null, onPage: (position: Position) => void = () => undefined): Promise<void> {
    const from = this.position;
    if (target === null || (from !== null && from >= target)) return;
    const filter = { types: Object.keys(this.options.model.on) };
    let page: RecordedEvent[] = [];
    for await (const event of this.options.eventStore.readAll({ from, filter })) {
      if (event.position > target) break;
      page.push(event);
      if (page.length < PAGE) continue;
      await this.take(page, event.position);
      onPage(event.position);
      page = [];
    }
    await this.take(page, target);
    await this.feed.exclusive(() => this.feed.flush());
    onPage(target);
  }

  /**
   * How far the live one had come when this was opened; null where the two cannot be compared: it has another version,
   * belongs to another log, or has folded nothing.
   */
  comparableAt(head: Position | null): Position | null {
    const { live, collection } = this;
    const { logId, position } = live.checkpoint ?? { logId: null, position: null };
    const isComparable = live.version === collection.version && logId === this.options.eventStore.logId;
    return isComparable && position !== null && head !== null && position <= head ? position : null;
  }

  /** To be asked only where `comparableAt` is not null. */
  compare(onCompared: (documents: number) => void = () => undefined): Promise<Comparison> {
    const { readModelStore } = this.options;
    return new ModelComparison({ readModelStore, live: this.live, rebuild: this, onCompared }).run();
  }

  /** From here on the runner takes care of it. */
  async handOver(): Promise<void> {
    await this.close();
    await heldBuilds.lift(this.options.readModelStore, [this.label]);
  }

  async isLive(): Promise<boolean> {
    const states = await this.options.readModelStore.collections();
    return states.some((state) => state.live && labelOf(state) === this.label);
  }

  close(): Promise<void> {
    return this.feed.stop();
  }

  private async take(page: readonly RecordedEvent[], upTo: Position): Promise<void> {
    await this.feed.exclusive(() => this.feed.take(page, upTo));
    if (this.trouble !== null) throw this.trouble.error;
  }
}
