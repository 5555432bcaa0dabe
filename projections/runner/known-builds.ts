import { positionOfNumber } from '../../infra/event-store/index.js';
import type { CollectionDefinition, CollectionVersion, ReadStore } from '../../infra/read-store/index.js';
import { labelOf } from './parked-keys.js';

/**
 * Builds that are kept elsewhere and whose parked keys are here. Of one that is not among them nobody knows what is parked:
 * this store was made anew, or the build was made beside another one.
 */
export const knownBuilds: CollectionDefinition = { name: 'known-builds', version: 1, indexes: [] };

const NO_POSITION = positionOfNumber(0);

export async function isKnownBuild(store: ReadStore, build: CollectionVersion): Promise<boolean> {
  await store.ensure(knownBuilds);
  return (await store.get(knownBuilds.name, labelOf(build))) !== undefined;
}

export const rememberBuild = (store: ReadStore, build: CollectionVersion): Promise<void> =>
  store.commitAll([
    {
      collection: knownBuilds,
      writes: [{ id: labelOf(build), position: NO_POSITION, doc: { collection: labelOf(build) } }],
      guard: 'none',
    },
  ]);
