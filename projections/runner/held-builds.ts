import { positionOfNumber } from '../../infra/event-store/index.js';
import type { CollectionDefinition, CollectionVersion, ReadStore } from '../../infra/read-store/index.js';
import { labelOf } from './parked-keys.js';

/** A build that somebody else than the runner makes; the runner leaves it alone until it is handed over. */
type HeldBuild = {
  /** `name@version.build` */
  readonly collection: string;
};

export const heldBuilds: CollectionDefinition = { name: 'held-builds', version: 1, indexes: [] };

const NO_POSITION = positionOfNumber(0);
/** Far more than are ever being made at once. */
const ALL = 1_000;

/** Also after whoever makes it was killed: it is taken up again with the same command. */
export async function holdBuild(store: ReadStore, collection: CollectionVersion): Promise<void> {
  await store.ensure(heldBuilds);
  await write(store, collection, { collection: labelOf(collection) });
}

export const handOverBuild = (store: ReadStore, collection: CollectionVersion): Promise<void> =>
  write(store, collection, null);

/** Labels of the builds that are being made elsewhere. */
export async function heldLabels(store: ReadStore): Promise<ReadonlySet<string>> {
  const held = await store.scan<HeldBuild>(heldBuilds.name, { limit: ALL });
  return new Set(held.map(({ doc }) => doc.collection));
}

const write = (store: ReadStore, collection: CollectionVersion, doc: HeldBuild | null): Promise<void> =>
  store.commitAll([
    { collection: heldBuilds, writes: [{ id: labelOf(collection), position: NO_POSITION, doc }], guard: 'none' },
  ]);
