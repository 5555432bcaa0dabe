import { accept } from '../shared/index.js';
import type { Aggregate, Decider, Decision, Money } from '../shared/index.js';
import type {
  AdjustGiftCard,
  BlockGiftCard,
  CaptureGiftCard,
  GiftCardCommand,
  HoldGiftCard,
  IssueGiftCard,
  ReclaimGiftCard,
  RefundGiftCard,
  ReinstateGiftCard,
  ReleaseGiftCard,
} from './commands.js';
import type { GiftCardEvent } from './events.js';
import * as refusal from './refusals.js';
import { evolve, initialState } from './state.js';
import type { GiftCard, GiftCardState } from './state.js';

type Decided = Decision<GiftCardEvent>;

const isAmount = ({ amount }: Money): boolean => Number.isSafeInteger(amount) && amount > 0;

/** What an event says of the card after it, where the balance changes by so much. */
function standing({ giftCardId, balance, currency, isBlocked }: GiftCard, change = 0) {
  return {
    giftCardId,
    balance: { amount: balance + change, currency },
    ...(isBlocked ? { blocked: true as const } : {}),
  };
}

export function issueGiftCard({ type: _type, now, ...card }: IssueGiftCard, state: GiftCardState): Decided {
  if (!isAmount(card.amount)) return refusal.invalidAmount();
  if (state.card !== null) return accept();
  if (card.expiresAt !== undefined && card.expiresAt <= now) return refusal.hasExpired(card);
  return accept({ type: 'gift-card.issued.v1', data: { ...card, balance: card.amount } });
}

/** Why nothing of a card can be spent in a currency; undefined where something may be, if there is something. */
export function unspendable(card: GiftCard, currency: string) {
  if (card.currency !== currency) return refusal.wrongCurrency(card, currency);
  if (card.isBlocked) return refusal.isBlocked();
  if (card.hasExpired) return refusal.hasExpired(card);
  return undefined;
}

export function holdGiftCard({ orderId, amount, expiresAt }: HoldGiftCard, card: GiftCard): Decided {
  if (!isAmount(amount)) return refusal.invalidAmount();
  const share = card.orders.get(orderId);
  if (share?.isClosed === true) return refusal.holdNotFound();
  if (share !== undefined) {
    return share.share === amount.amount ? accept() : refusal.alreadyHeld(share.share, amount.amount);
  }
  const refused = unspendable(card, amount.currency);
  if (refused !== undefined) return refused;
  if (amount.amount > card.balance) return refusal.notEnough(card, amount);
  const data = { ...standing(card, -amount.amount), orderId, amount, expiresAt };
  return accept({ type: 'gift-card.held.v1', data });
}

export function captureGiftCard({ orderId, captureId, amount }: CaptureGiftCard, card: GiftCard): Decided {
  if (!isAmount(amount)) return refusal.invalidAmount();
  if (card.currency !== amount.currency) return refusal.wrongCurrency(card, amount.currency);
  const share = card.orders.get(orderId);
  if (share === undefined) return refusal.holdNotFound();
  if (share.captureIds.has(captureId)) return accept();
  if (share.isClosed) return refusal.holdNotFound();
  if (amount.amount > share.held) return refusal.captureExceedsHold(share.held, amount.amount);
  return accept({ type: 'gift-card.captured.v1', data: { ...standing(card), orderId, captureId, amount } });
}

/** What comes back to a card that has expired is forfeited with what was on it then. */
export function releaseGiftCard({ orderId, reason }: ReleaseGiftCard, card: GiftCard): Decided {
  const { giftCardId, currency } = card;
  const share = card.orders.get(orderId);
  if (share === undefined) return accept({ type: 'gift-card.hold-closed.v1', data: { giftCardId, orderId } });
  if (share.held === 0) return accept();
  const amount = { amount: share.held, currency };
  const data = { ...standing(card, share.held), orderId, amount, reason };
  return accept({ type: 'gift-card.released.v1', data }, ...forfeited(card, amount));
}

/** What comes back to a card that has expired. */
const forfeited = (card: GiftCard, amount: Money): readonly GiftCardEvent[] =>
  card.hasExpired && amount.amount > 0 ? [{ type: 'gift-card.expired.v1', data: { ...standing(card), amount } }] : [];

export function refundGiftCard({ orderId, channel, refundId, amount }: RefundGiftCard, card: GiftCard): Decided {
  if (!isAmount(amount)) return refusal.invalidAmount();
  if (card.currency !== amount.currency) return refusal.wrongCurrency(card, amount.currency);
  const { captured = 0, refunded = 0, refundIds } = card.orders.get(orderId) ?? {};
  if (refundIds?.has(refundId) === true) return accept();
  const refundable = captured - refunded;
  if (amount.amount > refundable) return refusal.refundExceedsCaptured(refundable, amount.amount);
  const place = channel === undefined ? {} : { channel };
  const data = { ...standing(card, amount.amount), orderId, ...place, refundId, amount };
  return accept({ type: 'gift-card.refunded.v1', data });
}

export function reclaimGiftCard({ type: _type, ...reclaim }: ReclaimGiftCard, card: GiftCard): Decided {
  const { reclaimId, amount } = reclaim;
  if (!isAmount(amount)) return refusal.invalidAmount();
  if (card.currency !== amount.currency) return refusal.wrongCurrency(card, amount.currency);
  const before = card.reclaims.get(reclaimId);
  if (before !== undefined && before > 0) return accept();
  if (before === 0 || card.balance < amount.amount) return refusal.isSpent(card, amount);
  return accept({ type: 'gift-card.reclaimed.v1', data: { ...standing(card, -amount.amount), ...reclaim } });
}

export function reinstateGiftCard({ type: _type, ...reclaim }: ReinstateGiftCard, card: GiftCard): Decided {
  const taken = card.reclaims.get(reclaim.reclaimId);
  if (taken === 0) return accept();
  const amount = { amount: taken ?? 0, currency: card.currency };
  const data = { ...standing(card, amount.amount), ...reclaim, amount };
  return accept({ type: 'gift-card.reinstated.v1', data }, ...forfeited(card, amount));
}

export function adjustGiftCard({ amount, reason }: AdjustGiftCard, card: GiftCard): Decided {
  const change = amount.amount;
  if (!isAmount({ ...amount, amount: Math.abs(change) })) return refusal.invalidAmount();
  if (card.currency !== amount.currency) return refusal.wrongCurrency(card, amount.currency);
  if (card.balance + change < 0) return refusal.notEnough(card, { ...amount, amount: -change });
  if (change > 0 && card.hasExpired) return refusal.hasExpired(card);
  if (card.credited + change > refusal.MOST) return refusal.tooLarge();
  return accept({ type: 'gift-card.adjusted.v1', data: { ...standing(card, change), amount, reason } });
}

export function blockGiftCard({ reason }: BlockGiftCard, card: GiftCard): Decided {
  if (card.isBlocked) return accept();
  const data = { ...standing(card), blocked: true as const, ...(reason === undefined ? {} : { reason }) };
  return accept({ type: 'gift-card.blocked.v1', data });
}

export function expireGiftCard(card: GiftCard): Decided {
  if (card.expiresAt === null || card.hasExpired) return accept();
  const amount = { amount: card.balance, currency: card.currency };
  return accept({ type: 'gift-card.expired.v1', data: { ...standing(card, -card.balance), amount } });
}

function decide(command: GiftCardCommand, state: GiftCardState): Decided {
  if (command.type === 'issue-gift-card') return issueGiftCard(command, state);
  return state.card === null ? refusal.unknownCard() : change(command, state.card);
}

function change(command: Exclude<GiftCardCommand, IssueGiftCard>, card: GiftCard): Decided {
  switch (command.type) {
    case 'hold':
      return holdGiftCard(command, card);
    case 'capture':
      return captureGiftCard(command, card);
    case 'release':
      return releaseGiftCard(command, card);
    case 'refund':
      return refundGiftCard(command, card);
    case 'reclaim':
      return reclaimGiftCard(command, card);
    case 'reinstate':
      return reinstateGiftCard(command, card);
    case 'adjust':
      return adjustGiftCard(command, card);
    case 'block':
      return blockGiftCard(command, card);
    case 'expire':
      return expireGiftCard(card);
    default:
      return command satisfies never;
  }
}

/** A gift card: a ledger of one currency with what orders hold of it. */
export const giftCardDecider: Decider<GiftCardState, GiftCardCommand, GiftCardEvent> = {
  initialState,
  decide,
  evolve,
};

/** Stream `giftcard-{giftCardId}`; a card is used a few times, so no snapshot. */
export const giftCardAggregate: Aggregate<GiftCardState, GiftCardCommand, GiftCardEvent> = {
  category: 'giftcard',
  decider: giftCardDecider,
};
