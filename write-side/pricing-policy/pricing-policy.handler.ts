import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { pricingPolicyAggregate, pricingPolicyView, SHOP } from '../../domain/pricing-policy/index.js';
import type { WriteAnswer } from '../shared/write-scope.js';
import { PutPricingPolicy } from './pricing-policy.commands.js';

@CommandHandler(PutPricingPolicy)
export class PutPricingPolicyHandler implements ICommandHandler<PutPricingPolicy> {
  /** @throws ProblemError PRICING_POLICY.INVALID */
  execute({ scope, data: { policy } }: PutPricingPolicy): Promise<WriteAnswer> {
    return scope.answer(200, {
      aggregate: pricingPolicyAggregate,
      id: SHOP,
      command: { type: 'put-pricing-policy', policy, source: 'request' },
      answer: (state, _events, revision) => pricingPolicyView(state, revision),
    });
  }
}
