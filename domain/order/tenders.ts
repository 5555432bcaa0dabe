import { addMoney, money } from '../shared/index.js';
import type { GiftCardShare, Money } from '../shared/index.js';
import type { Captured } from './commands.js';
import type { OrderRefund } from './state.js';

/** What was captured of all tenders together. */
export const capturedInAll = ({ captured, capturedOfCards = [] }: Captured): Money =>
  capturedOfCards.reduce((sum, { amount }) => addMoney(sum, amount), captured);

/**
 * Says what of a refund goes back to gift cards: the provider is given back first all that is left of it, then the cards, the one
 * that was held last first. Empty where nothing does. The order's own refunds count, as those of the cards' streams may be behind.
 */
export function toCards(
  refunds: Iterable<OrderRefund>,
  { captured, capturedOfCards = [] }: Captured,
  amount: Money,
): Pick<OrderRefund, 'tenders'> {
  const counting = [...refunds].filter(({ failed }) => !failed);
  const ofProvider = counting.reduce((sum, refund) => sum + refund.amount.amount - sumOf(refund.tenders), 0);
  let left = amount.amount - Math.min(amount.amount, Math.max(0, captured.amount - ofProvider));
  const tenders: GiftCardShare[] = [];
  for (const { giftCardId, amount: taken } of capturedOfCards.toReversed()) {
    const back = counting.reduce((sum, refund) => sum + sumOf(refund.tenders, giftCardId), 0);
    const part = Math.min(left, taken.amount - back);
    if (part > 0) tenders.push({ giftCardId, amount: money(part, amount.currency) });
    left -= Math.max(0, part);
  }
  return tenders.length === 0 ? {} : { tenders };
}

/** What goes to one card, or to all of them. */
const sumOf = (tenders: readonly GiftCardShare[] = [], giftCardId?: string): number =>
  tenders.reduce(
    (sum, one) => sum + (giftCardId === undefined || one.giftCardId === giftCardId ? one.amount.amount : 0),
    0,
  );
