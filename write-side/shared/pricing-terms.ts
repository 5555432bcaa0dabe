import { Inject, Injectable } from '@nestjs/common';
import { someAskForFirstOrder } from '../../domain/cart/index.js';
import type { CartPromotions, CartTerms, PromotionsInForce } from '../../domain/cart/index.js';
import { customerAggregate, isNew } from '../../domain/customer/index.js';
import { pricingPolicyAggregate, SHOP } from '../../domain/pricing-policy/index.js';
import type { PricingPolicy } from '../../domain/pricing/index.js';
import { PROMOTION_REGISTER, promotionRegisterAggregate } from '../../domain/promotion/index.js';
import type { CommandExecutor } from '../../infra/engine/commands/index.js';
import { COMMAND_EXECUTOR } from './index.js';

/** Finds the account that buys; undefined for a guest. */
export type CustomerLookup = () => Promise<string | undefined>;

/** By what carts are priced now, folded from the streams of the policy, of the promotions in force and of the customer. */
@Injectable()
export class PricingTerms {
  constructor(@Inject(COMMAND_EXECUTOR) private readonly executor: CommandExecutor) {}

  policy(): Promise<PricingPolicy> {
    return this.executor.query(pricingPolicyAggregate, SHOP, ({ policy }) => policy);
  }

  inForce(): Promise<PromotionsInForce> {
    return this.executor.query(promotionRegisterAggregate, PROMOTION_REGISTER, (state) => state.inForce);
  }

  /** The customer is looked up only where a promotion in force asks for a first order. */
  async promotions(customer: CustomerLookup): Promise<CartPromotions> {
    const inForce = await this.inForce();
    const isFirstOrder = someAskForFirstOrder(inForce) && (await this.isNew(await customer()));
    return { inForce, isFirstOrder };
  }

  /** What an open cart of this customer is shown by. */
  async ofCart(customer: CustomerLookup): Promise<CartTerms> {
    const [promotions, { rounding }] = await Promise.all([this.promotions(customer), this.policy()]);
    return { promotions, rounding };
  }

  private async isNew(customerId: string | undefined): Promise<boolean> {
    return customerId !== undefined && this.executor.query(customerAggregate, customerId, isNew);
  }
}
