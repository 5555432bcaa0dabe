import { Inject, Injectable } from '@nestjs/common';
import type { CartPromotions, CartTerms } from '../../domain/cart/index.js';
import { pricingPolicyAggregate, SHOP } from '../../domain/pricing-policy/index.js';
import type { PricingPolicy } from '../../domain/pricing/index.js';
import { PROMOTION_REGISTER, promotionRegisterAggregate } from '../../domain/promotion/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { COMMAND_EXECUTOR } from './index.js';

/** By what carts are priced now, folded from the streams of the policy and of the promotions in force. */
@Injectable()
export class PricingTerms {
  constructor(@Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor) {}

  policy(): Promise<PricingPolicy> {
    return this.executor.query(pricingPolicyAggregate, SHOP, ({ policy }) => policy);
  }

  async promotions(): Promise<CartPromotions> {
    const inForce = await this.executor.query(promotionRegisterAggregate, PROMOTION_REGISTER, (state) => state.inForce);
    return { inForce, isFirstOrder: false };
  }

  /** What an open cart is shown by. */
  async ofCart(): Promise<CartTerms> {
    const [promotions, { rounding }] = await Promise.all([this.promotions(), this.policy()]);
    return { promotions, rounding };
  }
}
