import type { RecordedEvent } from '../../infra/event-store/index.js';
import type { AnyReadModel } from '../../projections/read-model.js';

/**
 * The document of a read model after these events, folded by the very record that keeps the read model; null where none
 * of them made one.
 * @param events in the order of the log
 */
export async function foldPast<Doc extends object>(
  model: AnyReadModel,
  id: string,
  events: AsyncIterable<RecordedEvent> | Iterable<RecordedEvent>,
): Promise<Doc | null> {
  let doc: Parameters<AnyReadModel['on'][string]['evolve']>[0] = null;
  for await (const event of events) {
    const rule = model.on[event.type];
    if (rule === undefined) continue;
    const keys = rule.key(event);
    if (keys === id || (typeof keys !== 'string' && keys.includes(id))) doc = rule.evolve(doc, event, id);
  }
  return doc as Doc | null;
}
