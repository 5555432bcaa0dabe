import type { ModelProgress, ProjectionCondition } from '../progress.js';
import type { ProjectionFeed } from './projection-feed.js';
import type { FrozenModel } from './projection-plan.js';
import type { Projection } from './projection.js';

/** What a runner keeps, and what is read without being kept. */
export interface KeptModels {
  readonly feeds: readonly ProjectionFeed[];
  readonly frozen: ReadonlyMap<string, FrozenModel>;
  /** The runner has ended by itself. */
  readonly hasFailed: boolean;
}

/** How what is read of a model stands. */
export function progressOf(name: string, kept: KeptModels): ModelProgress {
  const stateOf = (state: ProjectionCondition): ProjectionCondition => (kept.hasFailed ? 'stopped' : state);
  const isOurs = (projection: Projection): boolean => projection.model.name === name;
  const isBuilding = kept.feeds.some(({ projections }) => projections.some((one) => isOurs(one) && !one.isLive));
  for (const feed of kept.feeds) {
    const live = feed.projections.find((one) => isOurs(one) && one.isLive);
    if (live === undefined) continue;
    return {
      name,
      version: live.model.version,
      build: live.parts.collection.build ?? 0,
      position: live.folded,
      parked: live.parked.size,
      state: stateOf(isBuilding ? 'building' : feed.isCaughtUp ? 'live' : 'catching-up'),
      complete: live.isComplete,
      ...feed.troubled,
    };
  }
  const { version, build, position, parked, isComplete } = kept.frozen.get(name) ?? NOTHING;
  return { name, version, build, position, parked, state: stateOf('building'), complete: isComplete };
}

const NOTHING: FrozenModel = { version: 0, build: 0, position: null, parked: 0, isComplete: false };
