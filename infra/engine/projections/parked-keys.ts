import type { Position } from '../../shared/position.js';
import type { RecordedEvent } from '../../event-store/index.js';
import type { DocumentCollection, DocumentEntry, DocumentPut } from '../../document-store/index.js';
import type { CollectionVersion, CommittedDocuments, ProjectionStore } from '../../read-model-store/index.js';

/** A parked key: its events are not folded any more. */
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

export const parkedKeys: DocumentCollection = {
  name: 'parked-keys',
  indexes: [{ name: 'by-projection', fields: ['projection'] }],
};
export const parkedEvents: DocumentCollection = {
  name: 'parked-events',
  indexes: [{ name: 'by-key', fields: ['projection', 'key', 'position'] }],
};

/** Where the read models are kept: what is parked of them stands beside them. */
type Noted = Pick<ProjectionStore, 'documents'>;

const PAGE = 500;

export const labelOf = ({ name, version, build }: CollectionVersion): string => `${name}@${version}.${build ?? 0}`;

export const streamKey = (stream: string): string => `stream:${stream}`;

/** Id of the parked key's record. */
export const parkedKeyId = (projection: string, key: string): string => `${projection}/${key}`;

/** All parked keys of a projection, with the position of the first parked event. */
export async function loadParkedKeys(store: Noted, projection: string): Promise<Map<string, Position>> {
  const keys = new Map<string, Position>();
  for await (const { doc } of findParkedKeys(store, projection)) keys.set(doc.key, doc.since);
  return keys;
}

export const parkedKeyCount = async (store: Noted, projection: string): Promise<number> =>
  (await loadParkedKeys(store, projection)).size;

/** Whether one of these keys is parked. */
export async function isAnyParked(store: Noted, projection: string, keys: readonly string[]): Promise<boolean> {
  const ids = keys.map((key) => parkedKeyId(projection, key));
  return (await store.documents.getMany(parkedKeys.name, ids)).size > 0;
}

export interface ParkedKeyPage {
  readonly keys: readonly ParkedKey[];
  /** Where the next page begins; null after the last. */
  readonly next: string | null;
}

/** A page of the parked keys of a projection, by key. */
export async function pageOfParkedKeys(
  store: Noted,
  projection: string,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<ParkedKeyPage> {
  const from = after === undefined ? {} : { after: [parkedKeyId(projection, after)] };
  const query = { index: 'by-projection', equals: [projection], limit: limit + 1, ...from };
  const found = (await store.documents.find<ParkedKey>(parkedKeys.name, query)).map(({ doc }) => doc);
  const keys = found.slice(0, limit);
  return { keys, next: found.length > limit ? (keys.at(-1)?.key ?? null) : null };
}

export async function* findParkedKeys(store: Noted, projection: string): AsyncGenerator<DocumentEntry<ParkedKey>> {
  let after: readonly string[] | undefined;
  for (;;) {
    const query = { index: 'by-projection', equals: [projection], limit: PAGE, ...(after && { after }) };
    const page = await store.documents.find<ParkedKey>(parkedKeys.name, query);
    yield* page;
    const last = page[page.length - 1];
    if (last === undefined || page.length < PAGE) return;
    after = [last.id];
  }
}

/** The events parked under a key, in the order of the log. */
export async function* findParkedEvents(
  store: Noted,
  projection: string,
  key: string,
): AsyncGenerator<DocumentEntry<ParkedEvent>> {
  let after: readonly string[] | undefined;
  for (;;) {
    const query = { index: 'by-key', equals: [projection, key], limit: PAGE, ...(after && { after }) };
    const page = await store.documents.find<ParkedEvent>(parkedEvents.name, query);
    yield* page;
    const last = page[page.length - 1];
    if (last === undefined || page.length < PAGE) return;
    after = [last.doc.position, last.id];
  }
}

export const parkedKeyRecord = (record: ParkedKey): DocumentPut => ({
  id: parkedKeyId(record.projection, record.key),
  doc: record,
});

export function parkedEventRecord(projection: string, key: string, event: RecordedEvent): DocumentPut {
  const { position, stream, revision } = event;
  return {
    id: `${parkedKeyId(projection, key)}/${position}`,
    doc: { projection, key, position, stream, revision } satisfies ParkedEvent,
  };
}

/** Lists parked keys and events as documents, to be stored before the checkpoint moves over the events. */
export const parkingDocuments = (
  keys: readonly DocumentPut[],
  events: readonly DocumentPut[],
): readonly CommittedDocuments[] => [
  { collection: parkedEvents.name, puts: events },
  { collection: parkedKeys.name, puts: keys },
];

/** Deletes a parked key, its events first, so that none is left without its key. */
export async function forgetKey({ documents }: Noted, id: string, events: readonly string[]): Promise<void> {
  await documents.put(
    parkedEvents.name,
    events.map((event) => ({ id: event, doc: null })),
  );
  await documents.put(parkedKeys.name, [{ id, doc: null }]);
}

/** Deletes the parked keys and events of a projection that is gone. */
export async function forgetParked(store: Noted, projection: string): Promise<void> {
  for (const key of (await loadParkedKeys(store, projection)).keys()) {
    const events: string[] = [];
    for await (const { id } of findParkedEvents(store, projection, key)) events.push(id);
    await forgetKey(store, parkedKeyId(projection, key), events);
  }
}
