import type { OrderRefundRequested } from '../../domain/order/index.js';
import type { GiftCardShare } from '../../domain/shared/index.js';
import type { SagaCommand } from '../saga.js';

// Gift cards pay what the checkout says of each. What they pay is held with the stock, before the provider is asked for the rest, and
// released where the checkout fails.

interface HoldTerms {
  readonly orderId: string;
  /** RFC 3339 UTC. */
  readonly expiresAt: string;
}

export const holdCards = (tenders: readonly GiftCardShare[], terms: HoldTerms): SagaCommand[] =>
  tenders.map(({ giftCardId, amount }) => ({
    key: `hold-card:${giftCardId}`,
    target: 'giftcard',
    id: giftCardId,
    command: { type: 'hold', ...terms, amount },
  }));

/** Gives back what is held, and has what was refused stay so: another runner may still send the hold. */
export const releaseCards = (cards: readonly string[], orderId: string, reason: string): SagaCommand[] =>
  cards.map((giftCardId) => ({
    key: `release-card:${giftCardId}`,
    target: 'giftcard',
    id: giftCardId,
    command: { type: 'release', orderId, reason },
  }));

/** One try at a refund of gift cards that were bought. */
export interface CardReclaims extends Pick<OrderRefundRequested['data'], 'orderId' | 'refundId'> {
  /** Tells the tries apart. */
  readonly reclaimId: string;
  readonly reclaims: readonly GiftCardShare[];
}

/** Takes off cards what is refunded of their sale … */
export const reclaimCards = (reclaims: CardReclaims): SagaCommand[] => ofSale('reclaim', reclaims);

/** … and puts it back where the refund fails; where it had been refused, it stays so. */
export const reinstateCards = (reclaims: CardReclaims): SagaCommand[] => ofSale('reinstate', reclaims);

const ofSale = (type: 'reclaim' | 'reinstate', { reclaims, ...tries }: CardReclaims): SagaCommand[] =>
  reclaims.map(({ giftCardId, amount }) => ({
    key: `${type}:${giftCardId}`,
    target: 'giftcard',
    id: giftCardId,
    command: { type, ...tries, amount },
  }));
