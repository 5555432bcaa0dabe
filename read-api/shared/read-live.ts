import { streamOf } from '../../domain/shared/index.js';
import type { EventStore, RecordedEvent } from '../../infra/event-store/index.js';
import type { LiveModel } from '../../infra/engine/projections/live-model.js';
import { noneSuch, nothingThen, readAsOf } from './as-of.js';
import type { AsOf, Nothing } from './as-of.js';
import { parkedProblem } from './parked-documents.js';

export interface LiveDocument {
  readonly id: string;
  /** Undefined for the present. */
  readonly asOf: AsOf | undefined;
  /** What is answered before there is an event; null where the document is there from the beginning. */
  readonly nothing: Nothing | null;
}

/**
 * Folds a document of a live model from its stream.
 * @throws ProblemError `nothing`, before it was there saying so; READ_MODEL.PARKED for an event that cannot be applied;
 * 400 for a revision that is not there. StoreUnavailableError
 */
export async function readLive<State, Doc extends object>(
  log: EventStore,
  model: LiveModel<State, Doc>,
  { id, asOf, nothing }: LiveDocument,
): Promise<Doc> {
  const stream = streamOf(model.category, id);
  const events = asOf === undefined ? log.read(stream) : readAsOf(log, stream, asOf);
  let state = model.initialState();
  let last: RecordedEvent | undefined;
  for await (const event of events) {
    const before = state;
    state = applied(model, event, () => model.evolve(before, event));
    last = event;
  }
  if (last === undefined && nothing !== null) throw await nothingThen(log, stream, nothing);
  const shown = last === undefined ? model.show(state, -1, null) : shownAt(model, state, last);
  if (shown !== null) return shown;
  throw nothing === null ? new RangeError(`${model.name} shows nothing of ${stream}`) : noneSuch(nothing);
}

const shownAt = <State, Doc extends object>(
  model: LiveModel<State, Doc>,
  state: State,
  last: RecordedEvent,
): Doc | null => applied(model, last, () => model.show(state, last.revision, last.position));

function applied<Result>({ name }: { readonly name: string }, { id }: RecordedEvent, apply: () => Result): Result {
  try {
    return apply();
  } catch (error) {
    throw parkedProblem(name, new Error(`event ${id} cannot be applied: ${String(error)}`));
  }
}
