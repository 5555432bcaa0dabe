import type { GiftCardCaptured, GiftCardRefunded, GiftCardReleased } from '../../domain/gift-card/index.js';
import type { GiftCardShare, Money } from '../../domain/shared/index.js';
import type { Fold } from '../../infra/engine/projections/read-model.js';
import { refundSucceeded } from './order-refunds.js';
import type { OrderCard, OrderDocument } from './order-document.js';

// Folds of what gift cards pay of an order. A card may be held before its order is open, so what is held is told by the payment, which
// is asked for once all is held.

export type CardMoved = GiftCardCaptured | GiftCardReleased | GiftCardRefunded;

interface OfCard {
  readonly orderId: string;
  readonly giftCardId: string;
  readonly amount: Money;
}

/** A card of a checkout that came to nothing may be released of an order that was never opened. */
export const ofCard = <Data extends OfCard>(
  change: (card: OrderCard, data: Data, order: OrderDocument) => void,
): Fold<OrderDocument, Data> => ({
  key: ({ data }) => data.orderId,
  evolve: (order, { data }) => {
    const card = order?.cards.find(({ giftCardId }) => giftCardId === data.giftCardId);
    if (order !== null && card !== undefined) change(card, data, order);
    return order;
  },
});

export function cardOf({ giftCardId, amount: share }: GiftCardShare): OrderCard {
  const none = { ...share, amount: 0 };
  return { kind: 'gift-card', authorized: none, captured: none, refunded: none, giftCardId, share };
}

export function cardsHeld({ cards }: OrderDocument): void {
  for (const card of cards) card.authorized = card.share;
}

export function cardCaptured(card: OrderCard, { amount }: GiftCardCaptured['data']): void {
  card.captured = plus(card.captured, amount.amount);
}

/** Of a card whose order was not paid for yet nothing is shown as held. */
export function cardReleased(card: OrderCard, { amount }: GiftCardReleased['data']): void {
  if (card.authorized.amount > 0) card.authorized = plus(card.authorized, -amount.amount);
}

export function cardRefunded(
  card: OrderCard,
  { amount, refundId }: GiftCardRefunded['data'],
  order: OrderDocument,
): void {
  card.refunded = plus(card.refunded, amount.amount);
  refundSucceeded(order, refundId);
}

const plus = ({ amount, currency }: Money, more: number): Money => ({ amount: amount + more, currency });
