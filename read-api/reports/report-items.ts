import { count, described, named, object, text } from '../../domain/shared/schema.js';
import type { Of } from '../../domain/shared/schema.js';
import { exactMoney } from '../shared/index.js';

const Sum = exactMoney('ReportSum');
const key = (what: string, example: string) => text(what, example);

/** What providers did with the money of one key in one currency. */
export const PaymentsItem = named(
  'PaymentsReportItem',
  object(
    {
      key: key('The day, week (ISO 8601), month, provider or channel.', '2026-03-01'),
      authorized: described(Sum, 'What providers held.'),
      captured: described(Sum, 'What they took.'),
      refunded: described(Sum, 'What they gave back.'),
      voided: described(Sum, 'What they let go without taking it.'),
    },
    'What providers did with the money of one key in one currency.',
  ),
);
export type PaymentsItem = Of<typeof PaymentsItem>;

/** What was paid back of one key in one currency. */
export const RefundsItem = named(
  'RefundsReportItem',
  object(
    {
      key: key('The day, week (ISO 8601), month, channel or provider; `gift-card` for gift cards.', '2026-03-01'),
      count: count('How often something was paid back: a refund to a provider and a gift card counts for each.', 1),
      amount: described(Sum, 'How much.'),
    },
    'What was paid back of one key in one currency.',
  ),
);
export type RefundsItem = Of<typeof RefundsItem>;
