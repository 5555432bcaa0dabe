import { described, integer, named, object, text } from '../../domain/shared/schema.js';
import type { Of } from '../../domain/shared/schema.js';
import { exactMoney } from '../shared/index.js';

const Revenue = exactMoney('Revenue');

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
