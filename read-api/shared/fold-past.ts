import type { JsonObject } from '../../domain/shared/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import type { AnyReadModel } from '../../infra/engine/projections/read-model.js';
import { parkedProblem } from './parked-documents.js';

/** A document of a read model; null where there is none yet. */
interface Folded<Doc> {
  readonly id: string;
  readonly doc: Doc | null;
}

/**
 * Folds an event into a document by the rule of the read model itself. Takes ownership of the document.
 * @throws ProblemError READ_MODEL.PARKED for an event that cannot be applied: the read model parks the document for it
 */
export function foldEvent<Doc extends object>(
  model: AnyReadModel,
  { id, doc }: Folded<Doc>,
  event: RecordedEvent,
): Doc | null {
  const rule = model.on[event.type];
  if (rule === undefined) return doc;
  try {
    const keys = rule.key(event);
    const isOfDoc = keys === id || (typeof keys !== 'string' && keys.includes(id));
    // The read model is registered without the type of its documents; it makes no others.
    return isOfDoc ? (rule.evolve(doc as JsonObject | null, event, id) as Doc | null) : doc;
  } catch {
    throw parkedProblem(model.name);
  }
}

/**
 * Folds the document of a read model from events; null where none of them makes one.
 * @param events in the order of the log
 * @throws ProblemError READ_MODEL.PARKED
 */
export async function foldPast<Doc extends object>(
  model: AnyReadModel,
  id: string,
  events: AsyncIterable<RecordedEvent> | Iterable<RecordedEvent>,
): Promise<Doc | null> {
  let doc: Doc | null = null;
  for await (const event of events) doc = foldEvent<Doc>(model, { id, doc }, event);
  return doc;
}
