import type {
  GiftCardAdjusted,
  GiftCardCaptured,
  GiftCardEvent,
  GiftCardExpired,
  GiftCardHeld,
  GiftCardIssued,
  GiftCardReclaimed,
  GiftCardRefunded,
  GiftCardReinstated,
  GiftCardReleased,
} from './events.js';

/** What one order has to do with a card, in minor units; 0 ≤ refunded ≤ captured, captured + held + released = share. */
export interface OrderShare {
  /** As held in the beginning; 0 where the order was given nothing. */
  readonly share: number;
  held: number;
  captured: number;
  refunded: number;
  /** What was held was let go, or never will be: the order is given no hold any more. */
  isClosed: boolean;
  readonly captureIds: Set<string>;
  readonly refundIds: Set<string>;
}

/** An issued card. Amounts are minor units of its currency; balance and held are never below 0. */
export interface GiftCard {
  readonly giftCardId: string;
  readonly seed: string;
  readonly currency: string;
  readonly issued: number;
  /** The order that it was bought with; null where staff issued it. */
  readonly boughtWith: string | null;
  readonly expiresAt: string | null;
  readonly note: string | null;
  /** What can be spent; a hold takes from it. */
  balance: number;
  /** The sum of what orders hold. */
  held: number;
  /** All that was ever put on it, so that no sum leaves what is counted exactly. */
  credited: number;
  isBlocked: boolean;
  hasExpired: boolean;
  /** By order id. */
  readonly orders: Map<string, OrderShare>;
  /** What refunds of its sale have taken off it, by reclaim id; 0 where that was called off. */
  readonly reclaims: Map<string, number>;
}

export interface GiftCardState {
  /** Null before it is issued. */
  readonly card: GiftCard | null;
}

export const initialState = (): GiftCardState => ({ card: null });

/** Changes the card in place: an event costs the same however many orders were paid with the card. */
export function evolve(state: GiftCardState, event: GiftCardEvent): GiftCardState {
  if (event.type === 'gift-card.issued.v1') return { card: issuedCard(event.data) };
  if (state.card !== null) change(state.card, event);
  return state;
}

type Change = Exclude<GiftCardEvent, GiftCardIssued>;

function change(card: GiftCard, event: Change): void {
  switch (event.type) {
    case 'gift-card.held.v1':
      return hold(card, event.data);
    case 'gift-card.captured.v1':
      return capture(card, event.data);
    case 'gift-card.released.v1':
      return release(card, event.data);
    case 'gift-card.hold-closed.v1':
      card.orders.set(event.data.orderId, { ...shareOf(0), isClosed: true });
      return;
    case 'gift-card.refunded.v1':
      return refund(card, event.data);
    case 'gift-card.reclaimed.v1':
      return reclaim(card, event.data);
    case 'gift-card.reinstated.v1':
      return reinstate(card, event.data);
    case 'gift-card.adjusted.v1':
      return adjust(card, event.data);
    case 'gift-card.blocked.v1':
      card.isBlocked = true;
      return;
    case 'gift-card.expired.v1':
      return expire(card, event.data);
    default:
      event satisfies never;
  }
}

const issuedCard = ({ giftCardId, seed, amount, orderId, expiresAt, note }: GiftCardIssued['data']): GiftCard => ({
  giftCardId,
  seed,
  currency: amount.currency,
  issued: amount.amount,
  boughtWith: orderId ?? null,
  expiresAt: expiresAt ?? null,
  note: note ?? null,
  balance: amount.amount,
  held: 0,
  credited: amount.amount,
  isBlocked: false,
  hasExpired: false,
  orders: new Map(),
  reclaims: new Map(),
});

const shareOf = (share: number): OrderShare => ({
  share,
  held: share,
  captured: 0,
  refunded: 0,
  isClosed: false,
  captureIds: new Set(),
  refundIds: new Set(),
});

function hold(card: GiftCard, { orderId, amount: { amount } }: GiftCardHeld['data']): void {
  card.orders.set(orderId, shareOf(amount));
  card.balance -= amount;
  card.held += amount;
}

function capture(card: GiftCard, { orderId, captureId, amount: { amount } }: GiftCardCaptured['data']): void {
  card.held -= amount;
  const share = card.orders.get(orderId);
  if (share === undefined) return;
  share.held -= amount;
  share.captured += amount;
  share.captureIds.add(captureId);
}

function release(card: GiftCard, { orderId, amount: { amount } }: GiftCardReleased['data']): void {
  card.held -= amount;
  card.balance += amount;
  const share = card.orders.get(orderId);
  if (share === undefined) return;
  share.held -= amount;
  share.isClosed = true;
}

function refund(card: GiftCard, { orderId, refundId, amount: { amount } }: GiftCardRefunded['data']): void {
  card.balance += amount;
  const share = card.orders.get(orderId);
  if (share === undefined) return;
  share.refunded += amount;
  share.refundIds.add(refundId);
}

function reclaim(card: GiftCard, { reclaimId, amount: { amount } }: GiftCardReclaimed['data']): void {
  card.balance -= amount;
  card.reclaims.set(reclaimId, amount);
}

function reinstate(card: GiftCard, { reclaimId, amount: { amount } }: GiftCardReinstated['data']): void {
  card.balance += amount;
  card.reclaims.set(reclaimId, 0);
}

function adjust(card: GiftCard, { amount: { amount } }: GiftCardAdjusted['data']): void {
  card.balance += amount;
  card.credited += Math.max(0, amount);
}

function expire(card: GiftCard, { amount: { amount } }: GiftCardExpired['data']): void {
  card.hasExpired = true;
  card.balance -= amount;
}
