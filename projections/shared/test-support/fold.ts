import type { JsonObject } from '../../../domain/shared/index.js';
import type { RecordedEvent } from '../../../infra/event-store/index.js';
import type { AnyReadModel } from '../../../infra/engine/projections/read-model.js';

/** The documents of a read model after these events; each is written and read back as JSON in between, as a store does. */
export function fold(model: AnyReadModel, events: readonly RecordedEvent[]): ReadonlyMap<string, JsonObject> {
  const documents = new Map<string, string>();
  for (const event of events) {
    const rule = model.on[event.type];
    if (rule === undefined) continue;
    const keys = rule.key(event);
    const read = (id: string): JsonObject | null => {
      const stored = documents.get(id);
      return stored === undefined ? null : parse(stored);
    };
    const write = (id: string, doc: JsonObject | null): void => {
      if (doc === null) documents.delete(id);
      else documents.set(id, JSON.stringify(doc));
    };
    for (const id of typeof keys === 'string' ? [keys] : keys) {
      const passedOn = rule.passesOn?.(read(id), event, id) ?? [];
      write(id, rule.evolve(read(id), event, id));
      for (const one of passedOn) write(one.id, one.evolve(read(one.id)));
    }
  }
  return new Map([...documents].map(([id, text]) => [id, parse(text)]));
}

const parse = (text: string): JsonObject => JSON.parse(text) as JsonObject;
