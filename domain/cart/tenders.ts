import { money } from '../shared/index.js';
import type { GiftCardShare, Money, Refused } from '../shared/index.js';
import type { CheckOut } from './commands.js';
import * as refusal from './refusals.js';

/** What each gift card pays of a total; the provider is asked for the rest. */
export interface Shared {
  readonly accepted: true;
  readonly tenders: readonly GiftCardShare[];
}

/**
 * Takes of the gift cards in the order in which they were named what they have, until nothing is left to pay; a card that is not
 * needed pays nothing. What is left needs a token.
 */
export function shareOut({ giftCards = [], personal }: CheckOut, total: Money): Shared | Refused {
  const tenders: GiftCardShare[] = [];
  let left = total.amount;
  for (const { giftCardId, balance, refused } of giftCards) {
    if (refused !== undefined) return refused;
    if (left === 0) continue;
    if (balance.amount === 0) return refusal.emptyGiftCard();
    const amount = money(Math.min(left, balance.amount), total.currency);
    tenders.push({ giftCardId, amount });
    left -= amount.amount;
  }
  if (left > 0 && personal.paymentToken === undefined) return refusal.tokenRequired(money(left, total.currency));
  return { accepted: true, tenders };
}
