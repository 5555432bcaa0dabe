import { choice, count, flag, listOf, named, object, optional, text } from '../../domain/shared/schema.js';
import type { Of } from '../../domain/shared/schema.js';

export const Projection = named(
  'Projection',
  object(
    {
      name: text('Its name.', 'orders'),
      version: count('The version that is read.', 1),
      build: count('Which rebuild of that version.', 0),
      position: text('Everything up to here is in what is read; empty before the first event.', '0000000000000042'),
      lag: count("Behind the head of the log, in the log's own unit.", 0),
      parked: count('Keys whose events wait for a retry.', 0),
      state: choice(['live', 'catching-up', 'building', 'stopped'], 'What it does.', 'live'),
      complete: flag('It has caught up with the log once; before, reads answer 503.', true),
      trouble: optional(
        text('Only while nothing can be stored: the name of the error.', 'ReadModelStoreUnavailableError'),
      ),
    },
    'How far a read model has come.',
  ),
);
export type Projection = Of<typeof Projection>;

export const ProjectionList = named(
  'Projections',
  object({ items: listOf(Projection, 'By name.') }, 'The state of every read model.'),
);
export type ProjectionList = Of<typeof ProjectionList>;
