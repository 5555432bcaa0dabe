import { pricingPolicyDecider, pricingPolicyView } from '../../domain/pricing-policy/index.js';
import type {
  PricingPolicyEvent,
  PricingPolicyInForce,
  PricingPolicyState,
} from '../../domain/pricing-policy/index.js';
import { liveModel } from '../../infra/engine/projections/live-model.js';

/** Id: the policyId. By the fold that decides about the policy, so that reads and writes price alike. */
export const pricingPolicyLiveModel = liveModel<PricingPolicyState, PricingPolicyEvent, PricingPolicyInForce>({
  name: 'pricing-policy',
  category: 'pricingpolicy',
  initialState: pricingPolicyDecider.initialState,
  evolve: pricingPolicyDecider.evolve,
  show: pricingPolicyView,
});
