import { streamOf } from '../../domain/shared/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import type { LiveModel } from '../../infra/engine/projections/live-model.js';
import { nothingThen, readAsOf } from './as-of.js';
import type { Nothing } from './as-of.js';
import type { DocumentLife, ExplainedResource } from './explainable.js';
import { parkedProblem } from './parked-documents.js';

interface LiveLife extends Pick<ExplainedResource, 'asOf' | 'shown'> {
  readonly id: string;
  readonly nothing: Nothing;
}

/** The same, of documents of one type. */
interface LifeOf<Doc extends object> extends DocumentLife {
  readonly after: (event: RecordedEvent) => Doc | null;
}

/** Tells how a document of a live model came about. */
export function liveLife<State, Doc extends object>(
  log: EventStore,
  model: LiveModel<State, Doc>,
  { id, asOf, shown, nothing }: LiveLife,
): LifeOf<Doc> {
  const stream = streamOf(model.category, id);
  let state = model.initialState();
  return {
    explains: model.explains ?? { fields: {} },
    events: shownEvents(asOf === undefined ? log.read(stream) : readAsOf(log, stream, asOf), shown),
    after: (event) => {
      try {
        state = model.evolve(state, event);
        return model.show(state, event.revision, event.position);
      } catch (error) {
        throw parkedProblem(model.name, new Error(`event ${event.id} cannot be applied: ${String(error)}`));
      }
    },
    nothing: () => nothingThen(log, stream, nothing),
  };
}

/** Hands on what the reader may see of each event. */
export async function* shownEvents(
  events: AsyncIterable<RecordedEvent> | Iterable<RecordedEvent>,
  shown: ExplainedResource['shown'],
): AsyncGenerator<RecordedEvent> {
  for await (const event of events) yield shown(event);
}
