import { choice, count, flag, listOf, named, object, text } from '../../domain/shared/schema.js';
import type { Of } from '../../domain/shared/schema.js';

/** What holds after any crash, retry, reorder or race. */
export const INVARIANTS = ['commands', 'stock', 'money', 'checkouts', 'read-models', 'causation'] as const;
export type InvariantName = (typeof INVARIANTS)[number];

export const InvariantViolation = named(
  'InvariantViolation',
  object(
    {
      resource: text('Where it is broken, as the API addresses it.', 'orders/0Q7B2M4N6P8R'),
      detail: text('What is wrong.', 'more is captured (598) than was authorised (500)'),
      eventIds: listOf(text(), 'The events that it is seen by.', ['3f0d5a8e-27a1-5a0f-8d6c-0e9d4a1b2c3d']),
    },
    'An invariant that does not hold.',
  ),
);
export type InvariantViolation = Of<typeof InvariantViolation>;

const Invariant = named(
  'Invariant',
  object(
    {
      name: choice(
        INVARIANTS,
        '`commands`: none is lost or applied twice; `stock`: what came is there or has gone, none is sold twice; `money`: authorised ≥ ' +
          'captured ≥ refunded, and none without its order; `checkouts`: each ends and lets go of what it held; `read-models`: what is read is what ' +
          'the log folds to; `causation`: each event can be walked back.',
        'money',
      ),
      holds: flag('Whether nothing was found that breaks it.', true),
      checked: count('How many orders and SKUs were held against it since the start of the process.', 120),
      violations: listOf(InvariantViolation, 'Where it is broken; at most 100.'),
    },
    'What always holds, checked round and round against what is read.',
  ),
);
export const InvariantList = named(
  'InvariantList',
  object({ items: listOf(Invariant, 'Each once.') }, 'All invariants.'),
);
export type InvariantList = Of<typeof InvariantList>;

/** A violation with the invariant that it breaks. */
export interface Broken extends InvariantViolation {
  readonly invariant: InvariantName;
}
