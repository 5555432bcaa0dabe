import { positionOfNumber } from '../../infra/event-store/index.js';
import type { CollectionDefinition, CollectionVersion, ReadStore } from '../../infra/read-store/index.js';
import { labelOf } from './parked-keys.js';

type MarkedBuild = {
  /** `name@version.build` */
  readonly collection: string;
};

const NO_POSITION = positionOfNumber(0);
/** Far more than there ever are at once. */
const ALL = 1_000;

/** Something that is noted of builds, in the read store, because whoever has to know may be anywhere. */
export class BuildMarks {
  readonly collection: CollectionDefinition;

  constructor(name: string) {
    this.collection = { name, version: 1, indexes: [] };
  }

  /** Labels of all that are marked. */
  async labels(store: ReadStore): Promise<ReadonlySet<string>> {
    const marked = await store.scan<MarkedBuild>(this.collection.name, { limit: ALL });
    return new Set(marked.map(({ doc }) => doc.collection));
  }

  async set(store: ReadStore, builds: readonly CollectionVersion[]): Promise<void> {
    await store.ensure(this.collection);
    await this.#write(store, builds.map(labelOf), (collection) => ({ collection }));
  }

  lift(store: ReadStore, labels: readonly string[]): Promise<void> {
    return this.#write(store, labels, () => null);
  }

  async #write(
    store: ReadStore,
    labels: readonly string[],
    docOf: (label: string) => MarkedBuild | null,
  ): Promise<void> {
    const writes = labels.map((label) => ({ id: label, position: NO_POSITION, doc: docOf(label) }));
    if (writes.length > 0) await store.commitAll([{ collection: this.collection, writes, guard: 'none' }]);
  }
}

/**
 * Builds that somebody else than the runner makes; it leaves them alone until they are handed over. Also after whoever
 * makes one was killed: it is taken up again with the same command.
 */
export const heldBuilds = new BuildMarks('held-builds');

/** Builds that have caught up with the log once: what is read of any other would be half. */
export const completeBuilds = new BuildMarks('complete-builds');
