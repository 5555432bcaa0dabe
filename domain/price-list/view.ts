import { count, flag, integer, listOf, named, object, optional, text, time } from '../shared/schema.js';
import type { Of } from '../shared/schema.js';
import type { OpenPriceList } from './decider.js';

/** A price list as every API shows it. */
export const PriceList = named(
  'PriceList',
  object(
    {
      code: text('Tells it from other lists; price rows name it.', 'summer-sale'),
      name: text('For people.', 'Summer sale'),
      priority: integer('Of several lists the one with the highest counts; what is of no list has 0.', 10),
      from: optional(time('When it begins, inclusive.', '2026-06-01T00:00:00.000Z')),
      to: optional(time('When it ends, exclusive.', '2026-09-01T00:00:00.000Z')),
      customerGroups: optional(listOf(text(), 'For buyers of any of these; absent: for all.', ['trade'])),
      channels: optional(listOf(text(), 'Codes of channels; absent: in all.', ['shop-at'])),
      countries: optional(listOf(text(), 'ISO 3166-1 alpha-2; absent: everywhere.', ['AT'])),
      inForce: flag('Whether it has begun and not ended.', true),
      version: count('How often it has changed, also its ETag.', 0),
    },
    'A list of prices.',
  ),
);
export type PriceList = Of<typeof PriceList>;

export function priceListView(list: OpenPriceList, revision: number): PriceList {
  const { status: _status, at: _at, isInForce, ...shown } = list;
  return { ...shown, inForce: isInForce, version: revision };
}
