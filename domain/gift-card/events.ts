import type { DomainEvent } from '../shared/decider.js';
import type { Money } from '../shared/money.js';
import type { FieldPaths } from '../shared/personal-data.js';

// These types are the storage format of streams `giftcard-{giftCardId}`: never edit one, add a version and an upcaster.

/** What every change of a card says of it, so that a read model of many cards needs no other event. */
type Standing = {
  readonly giftCardId: string;
  /** What can be spent after it. */
  readonly balance: Money;
  /** The card is blocked: what is on it cannot be spent. */
  readonly blocked?: true;
};

/**
 * The code is nowhere in the log: it follows from the server's secret and the seed, and the id of the card from the code.
 * The note is free text of staff; it is not sealed, as a card belongs to no person.
 */
export type GiftCardIssued = DomainEvent<
  'gift-card.issued.v1',
  Standing & {
    readonly amount: Money;
    readonly seed: string;
    /** The order that it was bought with; absent where staff issued it. */
    readonly orderId?: string;
    /** From when on it cannot be spent, RFC 3339 UTC; absent: never. */
    readonly expiresAt?: string;
    readonly note?: string;
  }
>;

/** An order is to be paid with it: the amount is taken from the balance and belongs to nobody yet. */
export type GiftCardHeld = DomainEvent<
  'gift-card.held.v1',
  Standing & {
    readonly orderId: string;
    readonly amount: Money;
    /** When the checkout lets the hold go unless the order is confirmed before, RFC 3339 UTC; the saga's timer decides. */
    readonly expiresAt: string;
  }
>;

/** Held money is spent; the balance stays. */
export type GiftCardCaptured = DomainEvent<
  'gift-card.captured.v1',
  Standing & { readonly orderId: string; readonly captureId: string; readonly amount: Money }
>;

/** All that the order still held is back in the balance; it holds nothing any more. */
export type GiftCardReleased = DomainEvent<
  'gift-card.released.v1',
  Standing & { readonly orderId: string; readonly amount: Money; readonly reason: string }
>;

/** The order was given no hold that it had asked for and is over: it gets none any more, whoever sends its command again. */
export type GiftCardHoldClosed = DomainEvent<
  'gift-card.hold-closed.v1',
  { readonly giftCardId: string; readonly orderId: string }
>;

/** Spent money is back in the balance. */
export type GiftCardRefunded = DomainEvent<
  'gift-card.refunded.v1',
  Standing & {
    readonly orderId: string;
    /** Code of the channel that the order was sold in; `default` where there is none. */
    readonly channel?: string;
    readonly refundId: string;
    readonly amount: Money;
  }
>;

/** What one try at refunding the sale of a card takes of it; `reclaimId` tells the tries apart. */
type Reclaim = Standing & {
  /** The order that the card was bought with. */
  readonly orderId: string;
  readonly refundId: string;
  readonly reclaimId: string;
  readonly amount: Money;
};

/** The sale of the card is refunded: the amount is off the balance before the money goes back. */
export type GiftCardReclaimed = DomainEvent<'gift-card.reclaimed.v1', Reclaim>;

/** The refund failed: what was reclaimed for it is in the balance again; 0 where nothing was, and then nothing will be. */
export type GiftCardReinstated = DomainEvent<'gift-card.reinstated.v1', Reclaim>;

/** `amount` is signed. The reason is free text of staff. */
export type GiftCardAdjusted = DomainEvent<
  'gift-card.adjusted.v1',
  Standing & { readonly amount: Money; readonly reason: string }
>;

export type GiftCardBlocked = DomainEvent<'gift-card.blocked.v1', Standing & { readonly reason?: string }>;

/** What was left is forfeited. What was held then and comes back later is forfeited as well, by another of these. */
export type GiftCardExpired = DomainEvent<'gift-card.expired.v1', Standing & { readonly amount: Money }>;

export type GiftCardEvent =
  | GiftCardIssued
  | GiftCardHeld
  | GiftCardCaptured
  | GiftCardReleased
  | GiftCardHoldClosed
  | GiftCardRefunded
  | GiftCardReclaimed
  | GiftCardReinstated
  | GiftCardAdjusted
  | GiftCardBlocked
  | GiftCardExpired;

export const giftCardTypedFields: FieldPaths = {
  'gift-card.issued.v1': ['note'],
  'gift-card.adjusted.v1': ['reason'],
  'gift-card.blocked.v1': ['reason'],
};
