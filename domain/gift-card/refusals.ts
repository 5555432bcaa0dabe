import { refuse } from '../shared/index.js';
import type { Money } from '../shared/index.js';
import type { GiftCard } from './state.js';

/** More than this cannot be counted exactly. */
export const MOST = Number.MAX_SAFE_INTEGER;

export const unknownCard = () => refuse('GIFT_CARD.UNKNOWN', 'There is no such gift card.');

export const invalidAmount = () =>
  refuse('GIFT_CARD.INVALID_AMOUNT', 'An amount is a whole number of minor units and not zero.');

export const tooLarge = () =>
  refuse('GIFT_CARD.TOO_LARGE', `A gift card is counted up to ${MOST} minor units.`, { most: MOST });

export const wrongCurrency = ({ currency }: GiftCard, asked: string) =>
  refuse('GIFT_CARD.WRONG_CURRENCY', `The gift card is in ${currency}, not in ${asked}.`, { currency });

export const isBlocked = () => refuse('GIFT_CARD.BLOCKED', 'The gift card is blocked.');

export const hasExpired = ({ expiresAt }: { readonly expiresAt?: string | null }) =>
  refuse('GIFT_CARD.EXPIRED', 'The gift card has expired.', { expiresAt: expiresAt ?? null });

export const notEnough = ({ balance, currency }: GiftCard, requested: Money) =>
  refuse('GIFT_CARD.EMPTY', 'There is less on the gift card than is asked for.', {
    balance: { amount: balance, currency },
    requested: { amount: requested.amount, currency: requested.currency },
  });

export const isSpent = ({ balance, currency }: GiftCard, requested: Money) =>
  refuse('GIFT_CARD.SPENT', 'Less is left on the gift card than is to be refunded of its price.', {
    balance: { amount: balance, currency },
    requested: { amount: requested.amount, currency: requested.currency },
  });

export const alreadyHeld = (held: number, requested: number) =>
  refuse('GIFT_CARD.ALREADY_HELD', `The order holds ${held} of this gift card already, not ${requested}.`, {
    held,
    requested,
  });

export const holdNotFound = () =>
  refuse('GIFT_CARD.HOLD_NOT_FOUND', 'The order holds nothing of this gift card, or no longer.');

export const captureExceedsHold = (held: number, requested: number) =>
  refuse('GIFT_CARD.CAPTURE_EXCEEDS_HOLD', `The hold has ${held} left, less than ${requested}.`, { held, requested });

export const refundExceedsCaptured = (refundable: number, requested: number) =>
  refuse(
    'GIFT_CARD.REFUND_EXCEEDS_CAPTURED',
    `Of what the order took from this gift card ${refundable} can be given back, less than ${requested}.`,
    { refundable, requested },
  );
