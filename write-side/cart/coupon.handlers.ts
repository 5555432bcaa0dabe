import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CouponFacts, PromotionsInForce } from '../../domain/cart/index.js';
import { bucketOf, couponAggregate, couponIn, normalisedCode } from '../../domain/coupon/index.js';
import type { CouponTerms } from '../../domain/coupon/index.js';
import { promotionAggregate } from '../../domain/promotion/index.js';
import type { PromotionState } from '../../domain/promotion/index.js';
import { CONFIG } from '../../infra/config/index.js';
import type { Config } from '../../infra/config/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { problem } from '../../infra/http/index.js';
import { COMMAND_EXECUTOR } from '../shared/index.js';
import { couponIdOf } from '../shared/coupon-id.js';
import { PricingTerms } from '../shared/pricing-terms.js';
import type { WriteAnswer } from '../shared/write-scope.js';
import { AddCartCoupon, RemoveCartCoupon } from './cart.commands.js';
import { CartChanges } from './cart.handlers.js';

/** Finds the id of a code as it was typed. @throws ProblemError COUPON.UNKNOWN where no code looks like that */
function idOf(typed: string, { serverSecret }: Config): { readonly code: string; readonly couponId: string } {
  const code = normalisedCode(typed);
  if (code === null) throw problem('COUPON.UNKNOWN', 'There is no such coupon.');
  return { code, couponId: couponIdOf(serverSecret, code) };
}

@CommandHandler(AddCartCoupon)
export class AddCartCouponHandler implements ICommandHandler<AddCartCoupon> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor,
    private readonly terms: PricingTerms,
    private readonly carts: CartChanges,
  ) {}

  /** @throws ProblemError COUPON.UNKNOWN, COUPON.EXPIRED, COUPON.USED_UP, COUPON.NOT_COMBINABLE */
  async execute({ scope, data }: AddCartCoupon): Promise<WriteAnswer> {
    const { code, couponId } = idOf(data.code, this.config);
    const bucket = bucketOf(couponId);
    const known = await this.executor.query(couponAggregate, bucket, (state) => couponIn(state, couponId));
    if (known === undefined) throw problem('COUPON.UNKNOWN', 'There is no such coupon.');
    const { promotionId, holderId } = known;
    const promotion = await this.executor.query(promotionAggregate, promotionId, (state) => state);
    const inForce = await this.terms.inForce();
    const standing = standingOf(known, promotion, inForce);
    const coupon: CouponFacts = { couponId, promotionId, holderId, code, standing };
    return this.carts.change(scope, data.cartId, { type: 'add-coupon', coupon, inForce });
  }
}

/** A promotion that is in force and not in the register is used up. */
function standingOf(
  { status, isUsedUp, promotionId }: CouponTerms,
  promotion: PromotionState,
  inForce: PromotionsInForce,
): CouponFacts['standing'] {
  if (status === 'deactivated') return 'unknown';
  if (promotion.status === 'ended') return 'ended';
  if (promotion.status !== 'active' || !promotion.inForce) return 'unknown';
  return isUsedUp || !inForce.has(promotionId) ? 'used-up' : 'usable';
}

@CommandHandler(RemoveCartCoupon)
export class RemoveCartCouponHandler implements ICommandHandler<RemoveCartCoupon> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly carts: CartChanges,
  ) {}

  /** @throws ProblemError CART.COUPON_NOT_FOUND */
  async execute({ scope, data: { cartId, code } }: RemoveCartCoupon): Promise<WriteAnswer> {
    const { couponId } = idOf(code, this.config);
    return this.carts.change(scope, cartId, { type: 'remove-coupon', couponId });
  }
}
