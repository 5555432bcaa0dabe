import { choice, count, flag, integer, listOf, named, object, optional, text } from '../../domain/shared/schema.js';
import type { Of } from '../../domain/shared/schema.js';

const Fault = object({
  stream: text('The stream whose event it is; of a cart a pseudonym to analysts.', 'order-0Q7B2M4N6P8R'),
  revision: integer('Its place in the stream, from 0.', 3),
  eventId: optional(text('The event that stands there.', '3f0d5a8e-27a1-5a0f-8d6c-0e9d4a1b2c3d')),
  fault: choice(
    ['altered', 'missing', 'swapped', 'added'],
    '`swapped` stands at the place of another event; `added` follows from nothing; `missing` is not there any more.',
  ),
});

/** What the hashes of an order's streams say of its events. */
export const OrderVerification = named(
  'OrderVerification',
  object(
    {
      intact: flag('Whether every event is the one that was recorded, at its place, and none is missing.', true),
      events: count('How many events were looked at.', 31),
      head: text(
        'SHA-256 over the last hashes of the streams. Noted elsewhere, it tells later whether all is as it was.',
        '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      ),
      faults: listOf(Fault, 'What is not as it was recorded; none of an intact order.'),
    },
    'Each event’s hash covers the event and the hash of the one before it in its stream.',
  ),
);
export type OrderVerification = Of<typeof OrderVerification>;
