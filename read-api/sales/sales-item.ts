import { currencyCode } from '../../domain/shared/index.js';
import { bigInteger, described, integer, named, object, text } from '../../domain/shared/schema.js';
import type { Of } from '../../domain/shared/schema.js';

const Revenue = named(
  'Revenue',
  object(
    {
      amount: bigInteger('Minor units; exact also beyond 2^53, where a client needs big integers.', 598),
      currency: currencyCode(),
    },
    'A sum of money, in full however large it is.',
  ),
);

/** What was sold of one key in one currency. */
export const SalesItem = named(
  'SalesItem',
  object(
    {
      key: text('The day, category or SKU.', '2026-03-01'),
      orders: integer('Orders that touch the key, each once.', 1),
      units: integer('Units.', 2),
      revenue: described(Revenue, 'Lines after discounts, without tax and shipping.'),
    },
    'What was sold of one key in one currency.',
  ),
);
export type SalesItem = Of<typeof SalesItem>;
