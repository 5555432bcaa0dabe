import type { PricingPolicy } from '../pricing/index.js';
import type { DomainEvent } from '../shared/decider.js';

// These types are the storage format of streams `pricingpolicy-{policyId}`: never edit one, add a version and an upcaster.

/** Carts are priced by it from now on. */
export type PricingPolicyPutInForce = DomainEvent<
  'pricing-policy.put-in-force.v1',
  {
    readonly policyId: string;
    readonly policy: PricingPolicy;
    /** Tells policies of one name apart; orders have it too. */
    readonly hash: string;
    /** Who put it in force: somebody who asked for it, or a process that was started with another file than the one before. */
    readonly source: 'request' | 'file';
  }
>;

export type PricingPolicyEvent = PricingPolicyPutInForce;
