import type { CollectionVersion, ProjectionStore } from '../../read-model-store/index.js';
import { labelOf } from './parked-keys.js';

type MarkedBuild = {
  /** `name@version.build` */
  readonly collection: string;
};

type Noted = Pick<ProjectionStore, 'documents'>;

/** More marks than there ever are at once. */
const ALL = 1_000;

/** Marks builds in the documents of the read model store, where every process sees the marks. */
export class BuildMarks {
  constructor(readonly collection: string) {}

  /** Labels of all that are marked. */
  async labels({ documents }: Noted): Promise<ReadonlySet<string>> {
    const marked = await documents.scan<MarkedBuild>(this.collection, { limit: ALL });
    return new Set(marked.map(({ doc }) => doc.collection));
  }

  async set(store: Noted, builds: readonly CollectionVersion[]): Promise<void> {
    await store.documents.ensure({ name: this.collection, indexes: [] });
    await this.#write(store, builds.map(labelOf), (collection) => ({ collection }));
  }

  lift(store: Noted, labels: readonly string[]): Promise<void> {
    return this.#write(store, labels, () => null);
  }

  async #write(
    { documents }: Noted,
    labels: readonly string[],
    docOf: (label: string) => MarkedBuild | null,
  ): Promise<void> {
    const puts = labels.map((label) => ({ id: label, doc: docOf(label) }));
    if (puts.length > 0) await documents.put(this.collection, puts);
  }
}

/**
 * Marks builds that a command makes instead of the runner, which leaves them alone until they are handed over. The mark stays when
 * that command is killed: run again, it goes on with the build.
 */
export const heldBuilds = new BuildMarks('held-builds');

/** Marks builds that have caught up with the log once: any other would be read as half of what the log holds. */
export const completeBuilds = new BuildMarks('complete-builds');
