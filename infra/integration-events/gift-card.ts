import type { GiftCardEvent } from '../../domain/gift-card/index.js';
import { Money, someMoney } from '../../domain/shared/index.js';
import { flag, object, optional, text, time } from '../../domain/shared/schema.js';
import { outwardOf } from './definition.js';

const told = outwardOf<GiftCardEvent>();
const ofCard = {
  giftCardId: text('does not tell the code'),
  balance: someMoney('what can be spent after it'),
  blocked: optional(flag('true where nothing of it can be spent any more')),
};
const ofOrder = { ...ofCard, orderId: text(), amount: Money };
const ofReclaim = { ...ofOrder, refundId: text(), reclaimId: text('tells the tries of a refund apart') };

// Left out: holds and what lets them go, as the order tells what came of its checkout; what codes are made from; notes and reasons in
// somebody's own words.

export const giftCardEvents = [
  told('gift-card.issued.v1', {
    description: 'A card was issued.',
    data: object({
      ...ofCard,
      amount: Money,
      orderId: optional(text('that it was bought with; absent where staff issued it')),
      expiresAt: optional(time('from when on it cannot be spent')),
    }),
  }),
  told('gift-card.captured.v1', {
    description: 'An order took money of a card.',
    data: object({ ...ofOrder, captureId: text() }),
  }),
  told('gift-card.refunded.v1', {
    description: 'Money of an order went back to a card.',
    data: object({ ...ofOrder, refundId: text() }),
  }),
  told('gift-card.reclaimed.v1', {
    description: 'The sale of a card is refunded: the amount is off the card.',
    data: object(ofReclaim),
  }),
  told('gift-card.reinstated.v1', {
    description:
      'The refund of its sale failed: what it had taken off the card is there again; 0 where it had taken nothing.',
    data: object(ofReclaim),
  }),
  told('gift-card.adjusted.v1', {
    description: 'Staff put money on a card, or took it off.',
    data: object({ ...ofCard, amount: someMoney('below 0 where it was taken off') }),
  }),
  told('gift-card.blocked.v1', {
    description: 'Nothing of a card can be spent any more.',
    data: object(ofCard),
  }),
  told('gift-card.expired.v1', {
    description: 'What was left on a card is forfeited.',
    data: object({ ...ofCard, amount: Money }),
  }),
];
