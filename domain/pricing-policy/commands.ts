import type { PricingPolicyPutInForce } from './events.js';

/**
 * Puts a policy in force; refused with everything that is wrong with it. Satisfied when it is in force already; from a file, when the file was the last one that was put in force,
 * so that a restart does not take back what somebody asked for since.
 */
export interface PutPricingPolicy {
  readonly type: 'put-pricing-policy';
  /** Parsed JSON that has yet to be looked at. */
  readonly policy: unknown;
  readonly source: PricingPolicyPutInForce['data']['source'];
}

export type PricingPolicyCommand = PutPricingPolicy;
