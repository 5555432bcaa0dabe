import { currencyCode } from '../../domain/shared/index.js';
import { count, described, named, object } from '../../domain/shared/schema.js';
import type { Of } from '../../domain/shared/schema.js';
import type { LiabilitiesDocument } from '../../projections/gift-card-liabilities/index.js';
import { exactMoney } from '../shared/index.js';

const Sum = exactMoney('GiftCardSum');

/** What became of the gift cards of one currency. */
export const GiftCardLiabilities = named(
  'GiftCardLiabilities',
  object(
    {
      currency: currencyCode(),
      cards: count('Cards that were issued.', 12),
      issued: described(Sum, 'What they were issued with.'),
      spent: described(Sum, 'What orders took of them.'),
      refunded: described(Sum, 'What orders gave back to them.'),
      reclaimed: described(Sum, 'What refunds of their sale took off them.'),
      adjusted: described(Sum, 'What staff put on them, less what it took off them.'),
      expired: described(Sum, 'What was forfeited.'),
      outstanding: described(Sum, 'What is owed: issued − spent + refunded − reclaimed + adjusted − expired.'),
      held: described(Sum, 'Of what is owed, what orders hold.'),
      blocked: described(Sum, 'Of what is owed, what is on blocked cards.'),
    },
    'What is owed on the gift cards of one currency.',
  ),
);
export type GiftCardLiabilities = Of<typeof GiftCardLiabilities>;

export function liabilities({ currency, cards, ...sums }: LiabilitiesDocument): GiftCardLiabilities {
  const sum = (amount: bigint) => ({ amount, currency });
  const [issued, spent, refunded] = [BigInt(sums.issued), BigInt(sums.spent), BigInt(sums.refunded)];
  const [adjusted, expired] = [BigInt(sums.adjusted), BigInt(sums.expired)];
  const reclaimed = BigInt(sums.reclaimed);
  return {
    currency,
    cards,
    issued: sum(issued),
    spent: sum(spent),
    refunded: sum(refunded),
    reclaimed: sum(reclaimed),
    adjusted: sum(adjusted),
    expired: sum(expired),
    outstanding: sum(issued - spent + refunded - reclaimed + adjusted - expired),
    held: sum(BigInt(sums.held)),
    blocked: sum(BigInt(sums.blocked)),
  };
}
