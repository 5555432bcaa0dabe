import type { GiftCardCommand } from '../commands.js';
import type { GiftCardEvent } from '../events.js';

export const eur = (amount: number) => ({ amount, currency: 'EUR' });
export const giftCardId = '5f1c9a2e7b3d4860af12c4d59e6b7081';
export const expiresAt = '2028-11-02T10:00:00.000Z';
/** When the checkout of a hold gives up. */
export const heldUntil = '2026-11-02T10:15:00.000Z';
const now = '2026-11-02T10:00:00.000Z';

type Terms = { readonly expiresAt?: string; readonly note?: string };

export const issue = (amount: number, terms: Terms = {}): GiftCardCommand => ({
  type: 'issue-gift-card',
  giftCardId,
  amount: eur(amount),
  seed: 'seed',
  ...terms,
  now,
});
export const hold = (orderId: string, amount: number): GiftCardCommand => ({
  type: 'hold',
  orderId,
  amount: eur(amount),
  expiresAt: heldUntil,
});
export const capture = (orderId: string, captureId: string, amount: number): GiftCardCommand => ({
  type: 'capture',
  orderId,
  captureId,
  amount: eur(amount),
});
export const release = (orderId: string): GiftCardCommand => ({ type: 'release', orderId, reason: 'order rejected' });
export const refund = (orderId: string, refundId: string, amount: number): GiftCardCommand => ({
  type: 'refund',
  orderId,
  refundId,
  amount: eur(amount),
});
const ofSale = (refundId: string, amount: number) => ({
  orderId: 'sale',
  refundId,
  reclaimId: `try-${refundId}`,
  amount: eur(amount),
});
export const reclaim = (refundId: string, amount: number): GiftCardCommand => ({
  type: 'reclaim',
  ...ofSale(refundId, amount),
});
export const reinstate = (refundId: string, amount: number): GiftCardCommand => ({
  type: 'reinstate',
  ...ofSale(refundId, amount),
});
export const adjust = (amount: number): GiftCardCommand => ({ type: 'adjust', amount: eur(amount), reason: 'counted' });
export const block: GiftCardCommand = { type: 'block', reason: 'stolen' };
export const expire: GiftCardCommand = { type: 'expire' };

const at = (balance: number, blocked: boolean) => ({
  giftCardId,
  balance: eur(balance),
  ...(blocked ? { blocked: true as const } : {}),
});

/** Events of a card; `balance` is what there is after each. */
export const issued = (amount: number, terms: Terms = {}): GiftCardEvent => ({
  type: 'gift-card.issued.v1',
  data: { ...at(amount, false), amount: eur(amount), seed: 'seed', ...terms },
});
export const held = (orderId: string, amount: number, balance: number): GiftCardEvent => ({
  type: 'gift-card.held.v1',
  data: { ...at(balance, false), orderId, amount: eur(amount), expiresAt: heldUntil },
});
export const captured = (
  orderId: string,
  captureId: string,
  { amount, balance, blocked = false }: { amount: number; balance: number; blocked?: boolean },
): GiftCardEvent => ({
  type: 'gift-card.captured.v1',
  data: { ...at(balance, blocked), orderId, captureId, amount: eur(amount) },
});
export const released = (
  orderId: string,
  { amount, balance, blocked = false }: { amount: number; balance: number; blocked?: boolean },
): GiftCardEvent => ({
  type: 'gift-card.released.v1',
  data: { ...at(balance, blocked), orderId, amount: eur(amount), reason: 'order rejected' },
});
export const holdClosed = (orderId: string): GiftCardEvent => ({
  type: 'gift-card.hold-closed.v1',
  data: { giftCardId, orderId },
});
export const refunded = (
  orderId: string,
  refundId: string,
  { amount, balance }: { amount: number; balance: number },
): GiftCardEvent => ({
  type: 'gift-card.refunded.v1',
  data: { ...at(balance, false), orderId, refundId, amount: eur(amount) },
});
export const reclaimed = (refundId: string, amount: number, balance: number): GiftCardEvent => ({
  type: 'gift-card.reclaimed.v1',
  data: { ...at(balance, false), ...ofSale(refundId, amount) },
});
export const reinstated = (refundId: string, amount: number, balance: number): GiftCardEvent => ({
  type: 'gift-card.reinstated.v1',
  data: { ...at(balance, false), ...ofSale(refundId, amount) },
});
export const adjusted = (amount: number, balance: number): GiftCardEvent => ({
  type: 'gift-card.adjusted.v1',
  data: { ...at(balance, false), amount: eur(amount), reason: 'counted' },
});
export const blocked = (balance: number): GiftCardEvent => ({
  type: 'gift-card.blocked.v1',
  data: { ...at(balance, true), reason: 'stolen' },
});
export const expired = (amount: number): GiftCardEvent => ({
  type: 'gift-card.expired.v1',
  data: { ...at(0, false), amount: eur(amount) },
});
