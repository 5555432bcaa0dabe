import { GetPricingPolicyHandler } from './get-pricing-policy.query.js';
import { PricingPolicyReadsController } from './pricing-policy.controller.js';

export const pricingPolicyReads = {
  controllers: [PricingPolicyReadsController],
  handlers: [GetPricingPolicyHandler],
};
