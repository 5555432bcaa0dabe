import { choice, count, named, nullable, object, text } from '../../domain/shared/schema.js';
import type { Of } from '../../domain/shared/schema.js';

export const ParkedKeyItem = named(
  'ParkedKey',
  object(
    {
      key: text(
        'Id of the document; `stream:…` where the event does not say which document it changes.',
        '0Q7B2M4N6P8R',
      ),
      since: text('Position of the first event that waits.', '0000000000000042'),
      error: text('Why it could not be applied.', 'TypeError: Cannot read properties of undefined'),
    },
    'What a read model could not apply: this event and all later ones of its key wait for a retry.',
  ),
);
export type ParkedKeyItem = Of<typeof ParkedKeyItem>;

export const ParkedRetry = named(
  'ParkedRetry',
  object(
    {
      outcome: choice(['applied', 'parked'], '`parked`: the events still cannot be applied.', 'applied'),
      events: count('How many events were applied.', 3),
      reason: nullable(text(), 'Why they cannot be applied; null where they were.', null),
    },
    'What a retry came to.',
  ),
);
export type ParkedRetry = Of<typeof ParkedRetry>;

export const RebuildView = named(
  'Rebuild',
  object(
    {
      state: choice(
        ['running', 'comparing', 'done', 'differs', 'failed'],
        '`running`: it is built from the log; `comparing`: with what is read, or about to take its place; `done`: it is live, and was the ' +
          'same; `differs`: it is live, and was not; `failed`: what is read stays.',
        'done',
      ),
      position: text('Everything up to here is in it; empty before the first event.', '0000000000000042'),
      head: text('The end of the log then; empty before it was looked up.', '0000000000000042'),
      differing: count('Documents that were not the same as those that are read.', 0),
      error: nullable(text(), 'Why it failed; null where it did not.', null),
    },
    'How the last rebuild of a read model stands.',
  ),
);
export type RebuildView = Of<typeof RebuildView>;
