import type { Position, RecordedEvent } from '../../infra/event-store/index.js';
import type {
  CollectionCommit,
  CollectionDefinition,
  CollectionVersion,
  DocumentWrite,
  ReadStore,
  StoredDocument,
} from '../../infra/read-store/index.js';

/** A key whose events are not folded any more. */
export type ParkedKey = {
  /** `name@version.build` */
  readonly projection: string;
  /** Id of the document; `stream:…` where the event's key could not be told: then the stream is parked. */
  readonly key: string;
  /** Position of the first event that is parked. */
  readonly since: Position;
  readonly error: string;
};

/** Where the event is in the log; its data stays there, sealed. */
export type ParkedEvent = {
  readonly projection: string;
  readonly key: string;
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
};

export const parkedKeys: CollectionDefinition = {
  name: 'parked-keys',
  version: 1,
  indexes: [{ name: 'by-projection', fields: ['projection'] }],
};
export const parkedEvents: CollectionDefinition = {
  name: 'parked-events',
  version: 1,
  indexes: [{ name: 'by-key', fields: ['projection', 'key', 'position'] }],
};

const PAGE = 500;

export const labelOf = ({ name, version, build }: CollectionVersion): string => `${name}@${version}.${build ?? 0}`;

export const streamKey = (stream: string): string => `stream:${stream}`;

/** Id of the parked key's record. */
export const parkedKeyId = (projection: string, key: string): string => `${projection}/${key}`;

/** All parked keys of a projection, with the position of the first parked event. */
export async function loadParkedKeys(store: ReadStore, projection: string): Promise<Map<string, Position>> {
  const keys = new Map<string, Position>();
  for await (const { doc } of findParkedKeys(store, projection)) keys.set(doc.key, doc.since);
  return keys;
}

export const parkedKeyCount = async (store: ReadStore, projection: string): Promise<number> =>
  (await loadParkedKeys(store, projection)).size;

/** Whether one of these keys is parked. */
export async function isAnyParked(store: ReadStore, projection: string, keys: readonly string[]): Promise<boolean> {
  const ids = keys.map((key) => parkedKeyId(projection, key));
  return (await store.getMany(parkedKeys.name, ids)).size > 0;
}

export async function* findParkedKeys(store: ReadStore, projection: string): AsyncGenerator<StoredDocument<ParkedKey>> {
  let after: readonly string[] | undefined;
  for (;;) {
    const query = { index: 'by-projection', equals: [projection], limit: PAGE, ...(after && { after }) };
    const page = await store.find<ParkedKey>(parkedKeys, query);
    yield* page;
    const last = page[page.length - 1];
    if (last === undefined || page.length < PAGE) return;
    after = [last.id];
  }
}

/** The events parked under a key, in the order of the log. */
export async function* findParkedEvents(
  store: ReadStore,
  projection: string,
  key: string,
): AsyncGenerator<StoredDocument<ParkedEvent>> {
  let after: readonly string[] | undefined;
  for (;;) {
    const query = { index: 'by-key', equals: [projection, key], limit: PAGE, ...(after && { after }) };
    const page = await store.find<ParkedEvent>(parkedEvents, query);
    yield* page;
    const last = page[page.length - 1];
    if (last === undefined || page.length < PAGE) return;
    after = [last.doc.position, last.id];
  }
}

export const parkedKeyRecord = (record: ParkedKey): DocumentWrite => ({
  id: parkedKeyId(record.projection, record.key),
  position: record.since,
  doc: record,
});

export function parkedEventRecord(projection: string, key: string, event: RecordedEvent): DocumentWrite {
  const { position, stream, revision } = event;
  return {
    id: `${parkedKeyId(projection, key)}/${position}`,
    position,
    doc: { projection, key, position, stream, revision } satisfies ParkedEvent,
  };
}

/** Written before the checkpoint moves over the events. */
export const parkingCommits = (
  keys: readonly DocumentWrite[],
  events: readonly DocumentWrite[],
): CollectionCommit[] => [
  { collection: parkedEvents, writes: events, guard: 'none' },
  { collection: parkedKeys, writes: keys, guard: 'none' },
];

/** Takes away the records of a projection that is gone. */
export async function forgetParked(store: ReadStore, projection: string): Promise<void> {
  for (const key of (await loadParkedKeys(store, projection)).keys()) {
    const events: DocumentWrite[] = [];
    for await (const { id, position } of findParkedEvents(store, projection, key)) {
      events.push({ id, position, doc: null });
    }
    const id = parkedKeyId(projection, key);
    const position = events[0]?.position;
    const keys = position === undefined ? [] : [{ id, position, doc: null }];
    await store.commitAll(parkingCommits(keys, events));
  }
}
