import { bucketOf } from '../../domain/coupon/index.js';
import type { OrderRefundRequested } from '../../domain/order/index.js';
import type { GiftCardShare, PromotionUse, UseRequest } from '../../domain/shared/index.js';
import type { SagaCommand } from '../saga.js';

// Commands for the ledgers that orders draw on as they do on stock: the uses of coupons and limited promotions, and the money on gift
// cards. Both are held with the stock, before the provider is asked for anything, and released where the checkout fails.

/** A coupon and a limited promotion have uses, which are reserved, committed and given back as stock is. */
export const hasUse = ({ couponId, isLimited }: PromotionUse): boolean => couponId !== undefined || isLimited === true;

export type UseVerb = 'reserve' | 'commit' | 'release' | 'return';

/** Makes the commands for the uses of an order: one for each coupon, and one for each limited promotion. */
export function useCommands(
  verb: UseVerb,
  uses: readonly PromotionUse[],
  order: Omit<UseRequest, 'amount'>,
): SagaCommand[] {
  const commands: SagaCommand[] = [];
  for (const { promotionId, couponId, isLimited, amount } of uses) {
    const command = { type: `${verb}-use`, ...order, amount } as const;
    if (isLimited === true) {
      commands.push({ key: promotionKey(verb, promotionId), target: 'promotion', id: promotionId, command });
    }
    if (couponId !== undefined) {
      const id = bucketOf(couponId);
      commands.push({ key: couponKey(verb, couponId), target: 'coupon', id, command: { ...command, couponId } });
    }
  }
  return commands;
}

const promotionKey = (verb: UseVerb, promotionId: string): string => `${verb}-promotion:${promotionId}`;
const couponKey = (verb: UseVerb, couponId: string): string => `${verb}-coupon:${couponId}`;

/** Finds the promotion whose use a command was to reserve; undefined where it was for something else. */
export const promotionReservedBy = (key: string, uses: readonly PromotionUse[]): string | undefined =>
  uses.find(
    ({ promotionId, couponId }) =>
      key === promotionKey('reserve', promotionId) ||
      (couponId !== undefined && key === couponKey('reserve', couponId)),
  )?.promotionId;

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
