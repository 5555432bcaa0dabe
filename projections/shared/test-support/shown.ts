import { streamOf } from '../../../domain/shared/index.js';
import type { RecordedEvent } from '../../../infra/event-store/index.js';
import type { LiveModel } from '../../../infra/engine/projections/live-model.js';

/** The document of a live model among these events, null where they say that there is none; undefined where its stream has none of them. */
export function shown<State, Doc extends object>(
  model: LiveModel<State, Doc>,
  id: string,
  events: readonly RecordedEvent[],
): Doc | null | undefined {
  const own = events.filter(({ stream }) => stream === streamOf(model.category, id));
  const last = own.at(-1);
  return last === undefined
    ? undefined
    : model.show(own.reduce(model.evolve, model.initialState()), last.revision, last.position);
}
