import type { JsonObject } from '../../../domain/shared/json.js';
import type { RecordedEvent } from '../../event-store/index.js';
import type { IndexDefinition } from '../../shared/document-query.js';
import type { Explains } from './explains.js';

type AnyEvent = { readonly type: string; readonly data: object };
type DataOf<Event extends AnyEvent, Type> = Extract<Event, { readonly type: Type }>['data'];

/** How one event type enters a read model. */
export interface Fold<Doc, Data> {
  /** Ids of the documents that the event touches: one, many or none. */
  readonly key: (event: RecordedEvent<Data>) => string | readonly string[];
  /**
   * The document after the event; null deletes it. Takes ownership of `doc` and may change it in place. Reads no clock
   * and no other store. `id` is the key it is called for. Where the fold passes on, it changes nothing in place: the same
   * document back says that nothing of it is changed, and is not written.
   */
  readonly evolve: (doc: Doc | null, event: RecordedEvent<Data>, id: string) => Doc | null;
  /**
   * What the event changes of further documents of the model, such as sums, that only the document which it touches can
   * tell. Called with that document as it is before the event. A document that an event is passed on to is none of the event's keys.
   *
   * Passing on goes one way: where `a` passes on to `b`, nothing of what `b` passes on to passes on to `a`. There is one way back: a
   * document may hand over to `a` with the event that deletes it, if nothing makes a document of its id again.
   */
  readonly passesOn?: (doc: Doc | null, event: RecordedEvent<Data>, id: string) => readonly PassedOn<Doc>[];
}

/** A change that an event makes to a document that it does not name itself. */
export interface PassedOn<Doc> {
  readonly id: string;
  /** As `Fold.evolve`; may be called more than once. */
  evolve(doc: Doc | null): Doc | null;
}

/**
 * A read model as a pure record. `Event` is the union of the domain events that it follows, each listed once in `on`.
 * Raise `version` with every change of shape or rule: the new one is then built beside the old and swapped in.
 */
export interface ReadModel<Doc extends object, Event extends AnyEvent> {
  readonly name: string;
  readonly version: number;
  readonly indexes: readonly IndexDefinition[];
  readonly on: { readonly [Type in Event['type']]: Fold<Doc, DataOf<Event, Type>> };
  /** How the fields of what is shown of a document came about; absent where nobody is told. */
  readonly explains?: Explains;
}

/** Any read model, as the runner sees it. */
export interface AnyReadModel {
  readonly name: string;
  readonly version: number;
  readonly indexes: readonly IndexDefinition[];
  readonly on: { readonly [type: string]: Fold<JsonObject, JsonObject> };
  readonly explains?: Explains;
}

/** Forgets the document type, for the registry of read models; what is folded comes from the log, whose types are kept by name. */
export const readModel = <Doc extends object, Event extends AnyEvent>(
  model: ReadModel<Doc, Event>,
): ReadModel<Doc, Event> & AnyReadModel => model as ReadModel<Doc, Event> & AnyReadModel;

/**
 * Says which documents an event changes. What a stored event's data are, its type says and nobody has checked.
 * @throws TypeError the event does not say which
 */
export function keysOf(fold: Fold<JsonObject, JsonObject>, event: RecordedEvent): string | readonly string[] {
  const keys: unknown = fold.key(event);
  if (typeof keys === 'string' || (Array.isArray(keys) && keys.every((key) => typeof key === 'string'))) return keys;
  throw new TypeError('the event does not say which documents it changes');
}

/** The event needs a document that is not there: it cannot be applied, so the runner parks its key. */
export class MissingDocumentError extends Error {
  constructor(event: RecordedEvent<object>) {
    super(`${event.type} at ${event.stream}@${event.revision} continues a document that is not there`);
    this.name = 'MissingDocumentError';
  }
}

/** Answers the document that an event continues. @throws MissingDocumentError there is none */
export function existing<Doc>(doc: Doc | null, event: RecordedEvent<object>): Doc {
  if (doc === null) throw new MissingDocumentError(event);
  return doc;
}
