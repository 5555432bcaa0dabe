import type { Money } from '../shared/index.js';

/** Satisfied when the card was issued already. Refused `GIFT_CARD.INVALID_AMOUNT`, `GIFT_CARD.EXPIRED`. */
export interface IssueGiftCard {
  readonly type: 'issue-gift-card';
  readonly giftCardId: string;
  readonly amount: Money;
  /** The code follows from it and the server's secret; the id of the card follows from the code. */
  readonly seed: string;
  /** The order that it was bought with. */
  readonly orderId?: string;
  /** RFC 3339 UTC. */
  readonly expiresAt?: string;
  readonly note?: string;
  /** RFC 3339 UTC. */
  readonly now: string;
}

/**
 * Satisfied when the order holds this amount, or did until it was captured. Refused `GIFT_CARD.UNKNOWN`, `GIFT_CARD.WRONG_CURRENCY`,
 * `GIFT_CARD.BLOCKED`, `GIFT_CARD.EXPIRED`, `GIFT_CARD.EMPTY` where the balance is less, `GIFT_CARD.ALREADY_HELD` for another
 * amount, `GIFT_CARD.HOLD_NOT_FOUND` after a release.
 */
export interface HoldGiftCard {
  readonly type: 'hold';
  readonly orderId: string;
  readonly amount: Money;
  /** RFC 3339 UTC. */
  readonly expiresAt: string;
}

/**
 * Takes held money, also of a card that was blocked or has expired since. Satisfied when this capture was made. Refused
 * `GIFT_CARD.HOLD_NOT_FOUND`, `GIFT_CARD.CAPTURE_EXCEEDS_HOLD`.
 */
export interface CaptureGiftCard {
  readonly type: 'capture';
  readonly orderId: string;
  readonly captureId: string;
  readonly amount: Money;
}

/** Lets go what the order still holds; where it never held anything, it never will. Satisfied when nothing is held. */
export interface ReleaseGiftCard {
  readonly type: 'release';
  readonly orderId: string;
  readonly reason: string;
}

/** Gives captured money back. Satisfied when this refund was made. Refused `GIFT_CARD.REFUND_EXCEEDS_CAPTURED`. */
export interface RefundGiftCard {
  readonly type: 'refund';
  readonly orderId: string;
  /** Code of the channel that the order was sold in; absent where it names none. */
  readonly channel?: string;
  readonly refundId: string;
  readonly amount: Money;
}

/** What of the sale of a card is refunded by one try. */
interface OfReclaim {
  readonly orderId: string;
  readonly refundId: string;
  readonly reclaimId: string;
  readonly amount: Money;
}

/**
 * Takes an amount off the card, as its sale is refunded; also where the card is blocked. Satisfied when this reclaim was made. Refused
 * `GIFT_CARD.SPENT` where less is left, or where the reclaim was called off, `GIFT_CARD.WRONG_CURRENCY`.
 */
export interface ReclaimGiftCard extends OfReclaim {
  readonly type: 'reclaim';
}

/** Puts back what was reclaimed, as the refund failed; where nothing was, nothing will be. Satisfied when that was done. */
export interface ReinstateGiftCard extends OfReclaim {
  readonly type: 'reinstate';
}

/**
 * Changes the balance by a signed amount. Refused `GIFT_CARD.INVALID_AMOUNT`, `GIFT_CARD.WRONG_CURRENCY`, `GIFT_CARD.EMPTY` where the
 * balance would fall below 0, `GIFT_CARD.EXPIRED` where money would be put on a card that has expired, `GIFT_CARD.TOO_LARGE`.
 */
export interface AdjustGiftCard {
  readonly type: 'adjust';
  readonly amount: Money;
  readonly reason: string;
}

/** Nothing on the card can be spent any more; what orders hold stays theirs. Satisfied when it is blocked. */
export interface BlockGiftCard {
  readonly type: 'block';
  readonly reason?: string;
}

/** Forfeits the balance of a card whose time has come. Satisfied when it has expired, and where it never does. */
export interface ExpireGiftCard {
  readonly type: 'expire';
}

/** All but the first are refused `GIFT_CARD.UNKNOWN` where the card was never issued. */
export type GiftCardCommand =
  | IssueGiftCard
  | HoldGiftCard
  | CaptureGiftCard
  | ReleaseGiftCard
  | RefundGiftCard
  | ReclaimGiftCard
  | ReinstateGiftCard
  | AdjustGiftCard
  | BlockGiftCard
  | ExpireGiftCard;
