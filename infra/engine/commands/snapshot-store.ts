import type { JsonObject } from '../../../domain/shared/index.js';
import type { Position } from '../../shared/position.js';
import type { DocumentStore } from '../../document-store/index.js';
import { documentStoreBreaker } from './document-store-breaker.js';

export interface Snapshot {
  /** Version of the snapshot's shape. */
  readonly version: number;
  readonly revision: number;
  readonly position: Position;
  readonly state: JsonObject;
}

/** Keeps the folded states of long streams: derived data, a missing or old one only makes loading slower. */
export interface SnapshotStore {
  load(stream: string): Promise<Snapshot | undefined>;
  save(stream: string, snapshot: Snapshot): Promise<void>;
}

const SNAPSHOTS = 'snapshots';

/** Stores snapshots as documents, their position as version so that an older one never replaces a newer one. */
export async function openSnapshotStore(
  store: Pick<DocumentStore, 'ensure' | 'get' | 'put'>,
  logId: string,
): Promise<SnapshotStore> {
  await store.ensure({ name: SNAPSHOTS, indexes: [] });
  const idOf = (stream: string): string => `${logId}/${stream}`;
  const ask = documentStoreBreaker();
  return {
    load: (stream) => ask(() => store.get<Snapshot>(SNAPSHOTS, idOf(stream))),
    async save(stream, snapshot) {
      const doc: JsonObject = { ...snapshot };
      await store.put(SNAPSHOTS, [{ id: idOf(stream), version: snapshot.position, doc }]);
    },
  };
}
