import type { JsonObject } from '../../../domain/shared/index.js';
import type { Position } from '../../../infra/event-store/index.js';
import type { CollectionDefinition, ReadStore } from '../../../infra/read-store/index.js';
import { whileThere } from '../while-there.js';

export interface Snapshot {
  /** Version of the snapshot's shape. */
  readonly version: number;
  readonly revision: number;
  readonly position: Position;
  readonly state: JsonObject;
}

/** Folded states of long streams: derived data, a missing or old one only makes loading slower. */
export interface SnapshotStore {
  load(stream: string): Promise<Snapshot | undefined>;
  save(stream: string, snapshot: Snapshot): Promise<void>;
}

const COLLECTION: CollectionDefinition = { name: 'snapshots', version: 1, indexes: [] };

type DocumentStore = Pick<ReadStore, 'ensure' | 'get' | 'commitAll'>;

/** Snapshots as documents, guarded by their position so that an older one never replaces a newer one. */
export async function openSnapshotStore(store: DocumentStore, logId: string): Promise<SnapshotStore> {
  await store.ensure(COLLECTION);
  const idOf = (stream: string): string => `${logId}/${stream}`;
  const ask = whileThere();
  return {
    load: (stream) => ask(async () => (await store.get<Snapshot>(COLLECTION.name, idOf(stream)))?.doc),
    async save(stream, snapshot) {
      const doc: JsonObject = { ...snapshot };
      const writes = [{ id: idOf(stream), position: snapshot.position, doc }];
      await store.commitAll([{ collection: COLLECTION, writes }]);
    },
  };
}
