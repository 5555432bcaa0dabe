import { someMoney } from './money.js';
import type { Money } from './money.js';
import { choice, named, object, optional, text } from './schema.js';
import type { Of } from './schema.js';

// What promotions take off orders, as events record it and others are shown it, and the codes of coupons, which are kept apart.

export const Discount = named(
  'Discount',
  object(
    {
      promotionId: text('Id of the promotion.', 'summer'),
      name: text('For people.', 'Summer sale'),
      code: optional(text('Of the coupon, where one was needed.', 'SUMMER-10')),
      amount: someMoney('What is taken off.', 50),
    },
    'What a promotion takes off.',
  ),
);
export type Discount = Of<typeof Discount>;

/** What a promotion takes off on one level: of lines, of the order as a whole (and so of each line a part), or of shipping. */
export const PromotionDiscount = named(
  'PromotionDiscount',
  object(
    {
      ...Discount.fields,
      level: choice(
        ['line', 'order', 'shipping'],
        'What it is given on; that of an order is spread over its lines.',
        'order',
      ),
    },
    'What a promotion takes off altogether.',
  ),
);
export type PromotionDiscount = Of<typeof PromotionDiscount>;

/**
 * What an order has of a promotion. With a coupon, or where the promotion is limited, it is a use that is reserved, committed and
 * released as stock is.
 */
export interface PromotionUse {
  readonly promotionId: string;
  /** What it takes off on all levels together. */
  readonly amount: Money;
  /** Keyed hash of the code, where the buyer handed one in. */
  readonly couponId?: string;
  readonly isLimited?: true;
}

/** A discount of a promotion as events record it: the code, which is personal, is kept elsewhere. */
export type GivenDiscount = Omit<PromotionDiscount, 'code'> & Pick<PromotionUse, 'couponId' | 'isLimited'>;

/** What is shown of it. */
export const shownDiscount = ({
  couponId: _coupon,
  isLimited: _limited,
  ...discount
}: GivenDiscount): PromotionDiscount => discount;

/** Sums the discounts of each promotion, in the order in which the promotions first appear. */
export function usesOf(discounts: readonly GivenDiscount[]): readonly PromotionUse[] {
  const uses = new Map<string, PromotionUse>();
  for (const { promotionId, amount, couponId, isLimited } of discounts) {
    const before = uses.get(promotionId)?.amount.amount ?? 0;
    uses.set(promotionId, {
      promotionId,
      amount: { amount: before + amount.amount, currency: amount.currency },
      ...(couponId === undefined ? {} : { couponId }),
      ...(isLimited === undefined ? {} : { isLimited }),
    });
  }
  return [...uses.values()];
}

/** The code of a coupon that took something off. */
export interface UsedCode {
  readonly couponId: string;
  readonly code: string;
}

/** A code is personal: the log has it sealed, apart from what it took off. */
export function withoutCode<Given extends { readonly code?: string }>({
  code: _code,
  ...discount
}: Given): Omit<Given, 'code'> {
  return discount;
}

/** Finds the code of each promotion that needed one. */
export function codesOf(discounts: readonly GivenDiscount[], codes: readonly UsedCode[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { promotionId, couponId } of discounts) {
    const used = codes.find((each) => each.couponId === couponId);
    if (used !== undefined) found.set(promotionId, used.code);
  }
  return found;
}

/** Puts the codes back, by promotion, that events keep apart. */
export const withUsedCodes = <Given extends Discount>(
  discounts: readonly Given[],
  codes: ReadonlyMap<string, string>,
): readonly Given[] =>
  codes.size === 0
    ? discounts
    : discounts.map((discount) => {
        const code = codes.get(discount.promotionId);
        return code === undefined ? discount : { ...discount, code };
      });
