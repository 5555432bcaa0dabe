import { policyHash, PricingPolicy } from '../pricing/index.js';
import { count, named, object, optional, text } from '../shared/schema.js';
import type { Of } from '../shared/schema.js';
import type { PricingPolicyState } from './decider.js';

/** The policy that carts are priced by, as every API shows it. */
export const PricingPolicyInForce = named(
  'PricingPolicyInForce',
  object(
    {
      ...PricingPolicy.fields,
      hash: text('Tells policies of one name apart; orders have it too.', '3f2a9c81d0b4e657'),
      version: optional(count('How often it has changed, also its ETag; absent before any was put in force.', 1)),
    },
    'The pricing policy in force.',
  ),
);
export type PricingPolicyInForce = Of<typeof PricingPolicyInForce>;

/** `revision` is below 0 before any policy was put in force. */
export const pricingPolicyView = ({ policy }: PricingPolicyState, revision: number): PricingPolicyInForce => ({
  ...policy,
  hash: policyHash(policy),
  ...(revision < 0 ? {} : { version: revision }),
});
