import { anyExactJson, listOf, named, object, optional, text, time } from '../../domain/shared/schema.js';
import type { Of } from '../../domain/shared/schema.js';

const Contribution = object({
  eventId: text('Id of the event.', '3f0d5a8e-27a1-5a0f-8d6c-0e9d4a1b2c3d'),
  type: text('What happened, with the version of its shape.', 'order.opened.v1'),
  title: text('What happened, in words.', 'Order placed: 5.98 USD'),
  at: time('When it was recorded.'),
  contribution: anyExactJson('What it adds to the part, signed; of what is no sum, what it made of the field.', {
    amount: 598,
    currency: 'USD',
  }),
});
export type Contribution = Of<typeof Contribution>;

const Part = object({
  label: text('For people.', 'Lines'),
  value: anyExactJson('Signed as it enters the sum.', { amount: 598, currency: 'USD' }),
  field: optional(
    text('JSON Pointer to the field that the part is, which can be asked for in turn.', '/totals/subtotal'),
  ),
  events: listOf(
    Contribution,
    'Oldest first; what they add sums to the part. None are named of what so many brought about that nobody would read them.',
  ),
});
export type Part = Of<typeof Part>;

/** Why a field is what it is. */
export const Explanation = named(
  'Explanation',
  object(
    {
      value: anyExactJson('What the document has at the pointer.', { amount: 598, currency: 'USD' }),
      rule: text('How it comes about.', 'total = subtotal − discount + shipping + tax'),
      parts: listOf(
        Part,
        'Numbers and money: they sum to the value. Anything else: what it was, one after the other; the last is what it is.',
      ),
    },
    'Why a field is what it is.',
  ),
);
export type Explanation = Of<typeof Explanation>;
