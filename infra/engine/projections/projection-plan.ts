import { StoreRefusedError } from '../../shared/store-errors.js';
import type { Position } from '../../shared/position.js';
import { type EventStore, PUT_BACK } from '../../event-store/index.js';
import type {
  CollectionDefinition,
  CollectionState,
  CollectionVersion,
  ProjectionStore,
} from '../../read-model-store/index.js';
import type { ModelProgress } from './progress.js';
import type { AnyReadModel } from './read-model.js';
import { completeBuilds, heldBuilds } from './build-marks.js';
import { labelOf, parkedKeyCount } from './parked-keys.js';

export interface PlannedProjection {
  readonly model: AnyReadModel;
  readonly collection: CollectionDefinition;
  readonly isLive: boolean;
  /** It has caught up with the log once. */
  readonly isComplete: boolean;
}

export interface ModelPlan {
  readonly projections: readonly PlannedProjection[];
  /** The version that is read but not kept up to date, until the one being built takes its place; null for none. */
  readonly frozen: ModelProgress | null;
}

export interface PlanOptions {
  readonly eventStore: EventStore;
  readonly readModelStore: ProjectionStore;
}

/**
 * Plans which collections of a model to keep: the live one where it has the model's version, and one being built beside it for
 * a new version or a rebuild that was asked for. Makes what is missing; leaves alone what is being built elsewhere.
 * @throws StoreRefusedError a checkpoint belongs to another log or lies past its head
 */
export async function planModel(model: AnyReadModel, { eventStore, readModelStore }: PlanOptions): Promise<ModelPlan> {
  const held = await heldBuilds.labels(readModelStore);
  const states = (await statesOf(readModelStore, model)).filter((state) => !held.has(labelOf(state)));
  const head = await eventStore.head();
  const live = states.find((state) => state.live);
  const target = states.findLast(({ version }) => version === model.version);
  const problem = target && checkpointProblem(target, eventStore.logId, head);
  if (problem) throw new StoreRefusedError(problem);
  const collection = definitionOf(model, target?.build ?? 0);
  const isComplete = await wasCompleted(readModelStore, live ?? { ...collection, checkpoint: null });
  const isLive = live === undefined || live === target;
  const wanted = { model, collection, isLive, isComplete: isLive && isComplete };
  await readModelStore.ensure(collection);
  if (isLive) return { projections: [wanted], frozen: null };
  const isKept = live.version === model.version && checkpointProblem(live, eventStore.logId, head) === null;
  if (!isKept) {
    const parked = await parkedKeyCount(readModelStore, labelOf(live));
    return {
      projections: [wanted],
      frozen: { ...inLog(live, eventStore.logId, isComplete), parked, state: 'building' },
    };
  }
  const current = { model, collection: definitionOf(model, live.build), isLive: true, isComplete };
  await readModelStore.ensure(current.collection);
  return { projections: [current, wanted], frozen: null };
}

/** Whether the live build is marked as complete; the mark is removed where the build was deleted and is made anew. */
async function wasCompleted(
  readModelStore: ProjectionStore,
  live: CollectionVersion & Pick<CollectionState, 'checkpoint'>,
) {
  const label = labelOf(live);
  if (!(await completeBuilds.labels(readModelStore)).has(label)) return false;
  if (live.checkpoint === null) await completeBuilds.lift(readModelStore, [label]);
  return live.checkpoint !== null;
}

/** A version as it stands in this log: at no position where it was made from another one. */
function inLog({ name, version, build, checkpoint }: CollectionState, logId: string, isComplete: boolean) {
  const ours = checkpoint?.logId === logId ? checkpoint : null;
  return { name, version, build, position: ours?.position ?? null, complete: ours !== null && isComplete };
}

export interface CheckOptions extends Pick<PlanOptions, 'eventStore'> {
  readonly readModelStore: Pick<ProjectionStore, 'collections'>;
}

/**
 * Refuses what `planModel` would refuse, before anything is written.
 * @throws StoreRefusedError a checkpoint belongs to another log or lies past its head
 */
export async function checkModels(
  models: readonly AnyReadModel[],
  { eventStore, readModelStore }: CheckOptions,
): Promise<void> {
  const states = await readModelStore.collections();
  const head = await eventStore.head();
  for (const { name, version } of models) {
    const target = states.findLast((state) => state.name === name && state.version === version);
    const problem = target && checkpointProblem(target, eventStore.logId, head);
    if (problem) throw new StoreRefusedError(problem);
  }
}

/** Asks for a new build of a read model beside the one that is read; the runner makes and swaps it. */
export async function requestRebuild(readModelStore: ProjectionStore, model: AnyReadModel): Promise<void> {
  await readModelStore.ensure(nextBuild(await statesOf(readModelStore, model), model));
}

/**
 * The collection to build a model in, outside the runner: the one that was left unfinished, else a new one; held, so that
 * the runner does not build it too. Null where there is nothing yet to build it beside.
 */
export async function openHeldBuild(
  readModelStore: ProjectionStore,
  model: AnyReadModel,
): Promise<CollectionDefinition | null> {
  const states = await statesOf(readModelStore, model);
  const live = states.find((state) => state.live);
  if (live === undefined) return null;
  const held = await heldBuilds.labels(readModelStore);
  const unfinished = states.findLast(
    (state) => state.version === model.version && !state.live && held.has(labelOf(state)),
  );
  const collection = unfinished === undefined ? nextBuild(states, model) : definitionOf(model, unfinished.build);
  await heldBuilds.set(readModelStore, [collection]);
  await readModelStore.ensure(collection);
  return collection;
}

const statesOf = async (readModelStore: ProjectionStore, { name }: AnyReadModel): Promise<CollectionState[]> =>
  (await readModelStore.collections()).filter((state) => state.name === name);

function nextBuild(states: readonly CollectionState[], model: AnyReadModel): CollectionDefinition {
  const builds = states.filter(({ version }) => version === model.version).map(({ build }) => build);
  return definitionOf(model, builds.length === 0 ? 0 : Math.max(...builds) + 1);
}

const definitionOf = ({ name, version, indexes }: AnyReadModel, build: number) => ({ name, version, build, indexes });

function checkpointProblem({ name, checkpoint }: CollectionState, logId: string, head: Position | null): string | null {
  if (checkpoint === null) return null;
  const advice = `rebuild it: npm run -s cli -- rebuild ${name}`;
  if (checkpoint.logId !== logId) return `read model ${name} was made from another log; ${advice}`;
  if (head === null || checkpoint.position > head) return `read model ${name} is ahead of the log, which ${PUT_BACK}`;
  return null;
}
