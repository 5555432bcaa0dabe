import { PUT_BACK, StoreRefusedError, type EventStore, type Position } from '../../infra/event-store/index.js';
import type {
  CollectionDefinition,
  CollectionState,
  CollectionVersion,
  ReadStore,
} from '../../infra/read-store/index.js';
import type { AnyReadModel } from '../read-model.js';
import { completeBuilds, heldBuilds } from './build-marks.js';
import { labelOf, parkedKeyCount } from './parked-keys.js';

export interface PlannedProjection {
  readonly model: AnyReadModel;
  readonly collection: CollectionDefinition;
  readonly isLive: boolean;
  /** It has caught up with the log once. */
  readonly isComplete: boolean;
}

/** What is read and not kept up to date until another one takes its place. */
export interface FrozenModel {
  readonly version: number;
  readonly build: number;
  /** In this log; null where it has nothing of it. */
  readonly position: Position | null;
  /** Keys whose events wait for a retry. */
  readonly parked: number;
  readonly isComplete: boolean;
}

export interface ModelPlan {
  readonly projections: readonly PlannedProjection[];
  readonly frozen: FrozenModel | null;
}

export interface PlanOptions {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
}

/**
 * Which collections of a model to keep: the live one where it has the model's version, and one being built beside it for
 * a new version or a rebuild that was asked for. Makes what is missing; leaves alone what is being built elsewhere.
 * @throws StoreRefusedError a checkpoint belongs to another log or lies past its head
 */
export async function planModel(model: AnyReadModel, { eventStore, readStore }: PlanOptions): Promise<ModelPlan> {
  const held = await heldBuilds.labels(readStore);
  const states = (await statesOf(readStore, model)).filter((state) => !held.has(labelOf(state)));
  const head = await eventStore.head();
  const live = states.find((state) => state.live);
  const target = states.findLast(({ version }) => version === model.version);
  const problem = target && checkpointProblem(target, eventStore.logId, head);
  if (problem) throw new StoreRefusedError(problem);
  const collection = definitionOf(model, target?.build ?? 0);
  const isComplete = await wasCompleted(readStore, live ?? { ...collection, checkpoint: null });
  const isLive = live === undefined || live === target;
  const wanted = { model, collection, isLive, isComplete: isLive && isComplete };
  await readStore.ensure(collection);
  if (isLive) return { projections: [wanted], frozen: null };
  const isKept = live.version === model.version && checkpointProblem(live, eventStore.logId, head) === null;
  if (!isKept) {
    const parked = await parkedKeyCount(readStore, labelOf(live));
    return { projections: [wanted], frozen: { ...inLog(live, eventStore.logId, isComplete), parked } };
  }
  const current = { model, collection: definitionOf(model, live.build), isLive: true, isComplete };
  await readStore.ensure(current.collection);
  return { projections: [current, wanted], frozen: null };
}

/** What was deleted, and is made anew, has not caught up whatever was noted of the one before. */
async function wasCompleted(readStore: ReadStore, live: CollectionVersion & Pick<CollectionState, 'checkpoint'>) {
  const label = labelOf(live);
  if (!(await completeBuilds.labels(readStore)).has(label)) return false;
  if (live.checkpoint === null) await completeBuilds.lift(readStore, [label]);
  return live.checkpoint !== null;
}

/** What was made from another log has nothing of this one. */
function inLog({ version, build, checkpoint }: CollectionState, logId: string, isComplete: boolean) {
  const isOurs = checkpoint?.logId === logId;
  return { version, build, position: isOurs ? checkpoint.position : null, isComplete: isOurs && isComplete };
}

export interface CheckOptions extends Pick<PlanOptions, 'eventStore'> {
  readonly readStore: Pick<ReadStore, 'collections'>;
}

/**
 * What `planModel` would refuse, found out before anything is written.
 * @throws StoreRefusedError a checkpoint belongs to another log or lies past its head
 */
export async function checkModels(
  models: readonly AnyReadModel[],
  { eventStore, readStore }: CheckOptions,
): Promise<void> {
  const states = await readStore.collections();
  const head = await eventStore.head();
  for (const { name, version } of models) {
    const target = states.findLast((state) => state.name === name && state.version === version);
    const problem = target && checkpointProblem(target, eventStore.logId, head);
    if (problem) throw new StoreRefusedError(problem);
  }
}

/** Asks for a new build of a read model beside the one that is read; the runner makes and swaps it. */
export async function requestRebuild(readStore: ReadStore, model: AnyReadModel): Promise<void> {
  await readStore.ensure(nextBuild(await statesOf(readStore, model), model));
}

/**
 * The collection to build a model in, outside the runner: the one that was left unfinished, else a new one; held, so that
 * the runner does not build it too. Null where there is nothing yet to build it beside.
 */
export async function openHeldBuild(readStore: ReadStore, model: AnyReadModel): Promise<CollectionDefinition | null> {
  const states = await statesOf(readStore, model);
  const live = states.find((state) => state.live);
  if (live === undefined) return null;
  const held = await heldBuilds.labels(readStore);
  const unfinished = states.findLast(
    (state) => state.version === model.version && !state.live && held.has(labelOf(state)),
  );
  const collection = unfinished === undefined ? nextBuild(states, model) : definitionOf(model, unfinished.build);
  await heldBuilds.set(readStore, [collection]);
  await readStore.ensure(collection);
  return collection;
}

const statesOf = async (readStore: ReadStore, { name }: AnyReadModel): Promise<CollectionState[]> =>
  (await readStore.collections()).filter((state) => state.name === name);

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
