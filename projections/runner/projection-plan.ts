import { StoreRefusedError, type EventStore, type Position } from '../../infra/event-store/index.js';
import type { CollectionDefinition, CollectionState, ReadStore } from '../../infra/read-store/index.js';
import type { AnyReadModel } from '../read-model.js';
import { heldLabels, holdBuild } from './held-builds.js';
import { labelOf } from './parked-keys.js';

export interface PlannedProjection {
  readonly model: AnyReadModel;
  readonly collection: CollectionDefinition;
  readonly isLive: boolean;
}

export interface ModelPlan {
  readonly projections: readonly PlannedProjection[];
  /** What is read and not kept up to date until another one takes its place. */
  readonly frozen: CollectionState | null;
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
  const held = await heldLabels(readStore);
  const states = (await statesOf(readStore, model)).filter((state) => !held.has(labelOf(state)));
  const head = await eventStore.head();
  const live = states.find((state) => state.live);
  const target = states.findLast(({ version }) => version === model.version);
  const problem = target && checkpointProblem(target, eventStore.logId, head);
  if (problem) throw new StoreRefusedError(problem);
  const wanted = planned(model, target?.build ?? 0, live === undefined || live === target);
  await readStore.ensure(wanted.collection);
  if (live === undefined || live === target) return { projections: [wanted], frozen: null };
  const isKept = live.version === model.version && checkpointProblem(live, eventStore.logId, head) === null;
  if (!isKept) return { projections: [wanted], frozen: live };
  const current = planned(model, live.build, true);
  await readStore.ensure(current.collection);
  return { projections: [current, wanted], frozen: null };
}

/**
 * What `planModel` would refuse, found out before anything is written.
 * @throws StoreRefusedError a checkpoint belongs to another log or lies past its head
 */
export async function checkModels(
  models: readonly AnyReadModel[],
  { eventStore, readStore }: PlanOptions,
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
  const held = await heldLabels(readStore);
  const unfinished = states.findLast(
    (state) => state.version === model.version && !state.live && held.has(labelOf(state)),
  );
  const collection =
    unfinished === undefined ? nextBuild(states, model) : planned(model, unfinished.build, false).collection;
  await holdBuild(readStore, collection);
  await readStore.ensure(collection);
  return collection;
}

const statesOf = async (readStore: ReadStore, { name }: AnyReadModel): Promise<CollectionState[]> =>
  (await readStore.collections()).filter((state) => state.name === name);

function nextBuild(states: readonly CollectionState[], model: AnyReadModel): CollectionDefinition {
  const builds = states.filter(({ version }) => version === model.version).map(({ build }) => build);
  return planned(model, builds.length === 0 ? 0 : Math.max(...builds) + 1, false).collection;
}

const planned = (model: AnyReadModel, build: number, isLive: boolean): PlannedProjection => {
  const { name, version, indexes } = model;
  return { model, collection: { name, version, build, indexes }, isLive };
};

function checkpointProblem({ name, checkpoint }: CollectionState, logId: string, head: Position | null): string | null {
  if (checkpoint === null) return null;
  const advice = `rebuild it: npm run -s cli -- rebuild ${name}`;
  if (checkpoint.logId !== logId) return `read model ${name} was made from another log; ${advice}`;
  if (head === null || checkpoint.position > head) return `read model ${name} is ahead of the log; ${advice}`;
  return null;
}
