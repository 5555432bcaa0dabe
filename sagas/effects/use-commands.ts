import { bucketOf } from '../../domain/coupon/index.js';
import type { PromotionUse, UseRequest } from '../../domain/shared/index.js';
import type { SagaCommand } from '../saga.js';

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
