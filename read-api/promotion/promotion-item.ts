import { Promotion } from '../../domain/promotion/index.js';
import { count, listOf, named, object, optional, text, time } from '../../domain/shared/schema.js';
import type { Of } from '../../domain/shared/schema.js';
import type { PromotionDocument } from '../../projections/promotion/index.js';
import { exactMoney } from '../shared/index.js';

const used = object(
  {
    orders: count('Confirmed orders that it was given to and that were not cancelled wholly before they shipped.', 3),
    amount: listOf(exactMoney('DiscountSum'), 'What it took off them, by currency.'),
  },
  'How much it was used.',
);

const failing = object(
  {
    since: time('When it was first seen.'),
    checkouts: count('Checkouts that were priced without it since.', 2),
    error: text('What went wrong the last time, for who mends it.', 'TypeError: …'),
  },
  'It cannot be worked out, for some carts at least, which are priced without it; absent where it can. Any change of it begins anew.',
);

/** A promotion as reads show it. */
export const UsedPromotion = named(
  'UsedPromotion',
  object({ ...Promotion.fields, used, failing: optional(failing) }, 'A promotion and its uses.'),
);
export type UsedPromotion = Of<typeof UsedPromotion>;

export function usedPromotion({
  promotionId,
  details,
  status,
  orders,
  takenOff,
  failing: failure,
  version,
}: PromotionDocument): UsedPromotion {
  const { limits = {}, ...others } = details;
  const sums = Object.entries(takenOff).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const amount = sums.flatMap(([currency, digits]) => (digits === '0' ? [] : [{ amount: BigInt(digits), currency }]));
  return {
    promotionId,
    ...others,
    status,
    limits,
    used: { orders, amount },
    ...(failure && { failing: failure }),
    version,
  };
}
