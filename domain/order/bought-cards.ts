import { isGiftCard, money, zero } from '../shared/index.js';
import type { GiftCardShare, RefundedLine, Refused } from '../shared/index.js';
import type { BoughtCard } from './commands.js';
import type { IssuedCard } from './events.js';
import * as refusal from './refusals.js';
import type { ConfirmedOrder } from './state.js';

// A refund of gift cards that were bought takes its amount off them: they would be money twice.

/** Checks whether the order has gift cards to issue, or had. What is cancelled is never issued. */
export const sellsCards = ({ order, cancellationRequested }: ConfirmedOrder): boolean =>
  !cancellationRequested && order.lines.some(isGiftCard);

interface Reclaims {
  readonly accepted: true;
  readonly reclaims: readonly GiftCardShare[];
  /** What is given back of the lines of the cards. */
  readonly lines: readonly RefundedLine[];
}

/** What is to be given back of the cards, beside what is given back of everything else; minor units. */
interface Rest {
  readonly rest: number;
  readonly goods: number;
}

/** Says which cards lose how much. The fullest goes first, so that a card which was not touched goes whole before others are cut. */
export function reclaimsFor(
  state: ConfirmedOrder,
  { rest, goods }: Rest,
  bought: readonly BoughtCard[] = [],
): Reclaims | Refused {
  const { currency } = state.order;
  if (state.giftCards === null) return refusal.cardsNotIssued(money(goods, currency));
  const left = leftOn(state, bought);
  const all = left.reduce((sum, { amount }) => sum + amount, 0);
  if (all < rest) return refusal.cardsSpent(money(goods + all, currency));
  const reclaims: GiftCardShare[] = [];
  const byLine = new Map<string, number>();
  let open = rest;
  for (const { card, amount } of left.toSorted((one, other) => other.amount - one.amount)) {
    const part = Math.min(open, amount);
    if (part === 0) break;
    open -= part;
    reclaims.push({ giftCardId: card.giftCardId, amount: money(part, currency) });
    byLine.set(card.lineId, (byLine.get(card.lineId) ?? 0) + part);
  }
  return { accepted: true, reclaims, lines: linesOf(state, byLine) };
}

/** Nobody is taxed for a gift card. */
function linesOf({ order }: ConfirmedOrder, byLine: ReadonlyMap<string, number>): readonly RefundedLine[] {
  return order.lines.flatMap(({ lineId, sku }) => {
    const amount = byLine.get(lineId);
    if (amount === undefined) return [];
    const gross = money(amount, order.currency);
    return [{ lineId, sku, net: gross, tax: zero(order.currency), gross }];
  });
}

interface Left {
  readonly card: IssuedCard;
  readonly amount: number;
}

/**
 * Computes what each card can still lose: never more than its price. The order's own refunds count where they have not reached the
 * card yet.
 */
function leftOn({ giftCards, refunds }: ConfirmedOrder, bought: readonly BoughtCard[]): readonly Left[] {
  const known = new Map(bought.map((card) => [card.giftCardId, card]));
  const asked = new Map<string, number>();
  for (const { failed, reclaims = [] } of refunds.values()) {
    if (failed) continue;
    for (const { giftCardId, amount } of reclaims) asked.set(giftCardId, (asked.get(giftCardId) ?? 0) + amount.amount);
  }
  return (giftCards ?? []).map((card) => {
    const { balance = 0, reclaimed = 0 } = known.get(card.giftCardId) ?? {};
    const taken = asked.get(card.giftCardId) ?? 0;
    const amount = Math.min(balance + reclaimed - taken, card.amount.amount - taken);
    return { card, amount: Math.max(0, amount) };
  });
}
