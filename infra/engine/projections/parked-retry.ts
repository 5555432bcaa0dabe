import type { JsonObject } from '../../../domain/shared/index.js';
import type { EventStore, RecordedEvent } from '../../event-store/index.js';
import type { LoadedDocument, ProjectionStore } from '../../read-model-store/index.js';
import { findParkedEvents, forgetKey, parkedKeyId, streamKey, type ParkedEvent } from './parked-keys.js';
import type { Projection } from './projection.js';
import { keysOf, type PassedOn } from './read-model.js';

type AnyPassedOn = PassedOn<JsonObject>;

/** `lifted`: folded, and the key is followed again. `parked`: it still cannot be; `reason` says why. */
export type RetryOutcome =
  | { readonly outcome: 'lifted'; readonly events: number }
  | { readonly outcome: 'parked'; readonly reason: string }
  | { readonly outcome: 'not-parked' };

export interface RetryParts {
  readonly eventStore: EventStore;
  readonly readModelStore: ProjectionStore;
}

/** Folds the parked events of a key in their order and lifts its parking; all or nothing. Between two pages only. */
export async function retryParked(projection: Projection, key: string, parts: RetryParts): Promise<RetryOutcome> {
  if (!projection.parked.has(key)) return { outcome: 'not-parked' };
  const documents = new Map<string, LoadedDocument>();
  const passedOn = new Map<string, LoadedDocument>();
  const records: string[] = [];
  try {
    for await (const { id, doc } of findParkedEvents(parts.readModelStore, projection.label, key)) {
      const event = await eventOf(parts.eventStore, doc);
      for (const target of targetsOf(projection, event, key)) {
        await foldParked(projection, { event, id: target, key, documents, passedOn });
      }
      records.push(id);
    }
  } catch (error) {
    return { outcome: 'parked', reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
  await store(projection, { key, documents, passedOn, records }, parts.readModelStore);
  for (const id of [...documents.keys(), ...passedOn.keys()]) projection.cache.delete(id);
  projection.parked.delete(key);
  return { outcome: 'lifted', events: records.length };
}

interface ParkedStep {
  readonly event: RecordedEvent;
  /** The document that the event is folded into. */
  readonly id: string;
  /** What is being retried. */
  readonly key: string;
  readonly documents: Map<string, LoadedDocument>;
  /** What the parked events are passed on to. */
  readonly passedOn: Map<string, LoadedDocument>;
}

async function eventOf(eventStore: EventStore, { stream, revision }: ParkedEvent): Promise<RecordedEvent> {
  for await (const event of eventStore.read(stream, { from: revision, limit: 1 })) return event;
  throw new Error(`event ${stream}@${revision} is not in the log`);
}

/** The documents that the event was parked for. */
function targetsOf({ model }: Projection, event: RecordedEvent, key: string): readonly string[] {
  const fold = model.on[event.type];
  const isStream = key === streamKey(event.stream);
  if (!isStream && fold?.passesOn === undefined) return [key];
  const keys = fold === undefined ? [] : [keysOf(fold, event)].flat();
  if (isStream) return keys;
  if (!keys.includes(key)) throw new Error(`document ${key} is passed on to by others: rebuild ${model.name}`);
  return [key];
}

async function foldParked(projection: Projection, step: ParkedStep): Promise<void> {
  const { store, collection, model } = projection.parts;
  const { event, id, documents } = step;
  const known = documents.get(id) ?? (await store.load(collection, [id])).get(id);
  checkOrder(projection, step, known);
  if (known !== undefined && known.position >= event.position) return void documents.set(id, known);
  const fold = model.on[event.type];
  const doc = known?.doc ?? null;
  const passedOn = fold?.passesOn?.(doc, event, id) ?? [];
  documents.set(id, { position: event.position, doc: fold === undefined ? doc : fold.evolve(doc, event, id) });
  for (const one of passedOn) await passOn(projection, one, step);
}

/** What a parked event is passed on to can take it only where nothing came after it. */
async function passOn(projection: Projection, { id, evolve }: AnyPassedOn, step: ParkedStep): Promise<void> {
  const { event, passedOn } = step;
  const { store, collection, model } = projection.parts;
  const known = passedOn.get(id) ?? (await store.load(collection, [id])).get(id);
  const isLate = known !== undefined && known.position >= event.position && !passedOn.has(id);
  if (isLate) throw new Error(`document ${id} has later events already: rebuild ${model.name}`);
  passedOn.set(id, { position: event.position, doc: evolve(known?.doc ?? null) });
}

/** A parked stream's events can be folded only where nothing came after them. */
function checkOrder(projection: Projection, { event, id, key, documents }: ParkedStep, known?: LoadedDocument): void {
  if (key === id || documents.has(id)) return;
  if (projection.parked.has(id)) throw new Error(`document ${id} is parked itself: retry it first`);
  if (known !== undefined && known.position >= event.position) {
    throw new Error(`document ${id} has later events already: rebuild ${projection.model.name}`);
  }
}

interface Lifted {
  readonly key: string;
  readonly documents: ReadonlyMap<string, LoadedDocument>;
  readonly passedOn: ReadonlyMap<string, LoadedDocument>;
  /** Ids of the parked events. */
  readonly records: readonly string[];
}

/** Commits the documents before the parking is lifted: after a crash in between the retry is done again and finds them folded. */
async function store(
  projection: Projection,
  { key, documents, passedOn, records }: Lifted,
  readModelStore: ProjectionStore,
): Promise<void> {
  const { persisted, label, parts } = projection;
  const { collection } = parts;
  const writesOf = (folded: Lifted['documents']) =>
    Array.from(folded, ([id, { position, doc }]) => ({ id, position, doc }));
  // The checkpoint stays; comparing it refuses a runner that has been replaced.
  const move = persisted === null ? {} : { move: { expected: persisted, next: persisted } };
  const before = passedOn.size === 0 ? [] : [{ collection, writes: writesOf(passedOn) }];
  await readModelStore.commitAll([...before, { collection, writes: writesOf(documents), ...move }]);
  await forgetKey(readModelStore, parkedKeyId(label, key), records);
}
