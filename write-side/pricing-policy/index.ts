import { PricingPolicyController } from './pricing-policy.controller.js';
import { PutPricingPolicyHandler } from './pricing-policy.handler.js';

export const pricingPolicyWrites = {
  controllers: [PricingPolicyController],
  handlers: [PutPricingPolicyHandler],
};
