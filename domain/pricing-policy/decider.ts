import { defaultPricingPolicy, parsePricingPolicy, policyHash } from '../pricing/index.js';
import type { PolicyProblem, PricingPolicy } from '../pricing/index.js';
import { accept, refuseInvalid } from '../shared/index.js';
import type { Aggregate, Decider, Decision, Refused } from '../shared/index.js';
import type { PricingPolicyCommand, PutPricingPolicy } from './commands.js';
import type { PricingPolicyEvent } from './events.js';

export interface PricingPolicyState {
  /** What carts are priced by; the default before any was put in force. */
  readonly policy: PricingPolicy;
  /** Hash of the file that was last put in force; null where none was. */
  readonly fileHash: string | null;
}

const initialState = (): PricingPolicyState => ({ policy: defaultPricingPolicy, fileHash: null });

function evolve({ fileHash }: PricingPolicyState, { type, data }: PricingPolicyEvent): PricingPolicyState {
  switch (type) {
    case 'pricing-policy.put-in-force.v1':
      return { policy: data.policy, fileHash: data.source === 'file' ? data.hash : fileHash };
    default:
      return type satisfies never;
  }
}

export function putPricingPolicy(
  { policy: json, source }: PutPricingPolicy,
  state: PricingPolicyState,
): Decision<PricingPolicyEvent> {
  const reading = parsePricingPolicy(json);
  if (!reading.valid) return invalidPolicy(reading.problems);
  const { policy } = reading;
  const hash = policyHash(policy);
  const before = source === 'file' ? state.fileHash : policyHash(state.policy);
  if (hash === before) return accept();
  return accept({ type: 'pricing-policy.put-in-force.v1', data: { policyId: SHOP, policy, hash, source } });
}

const invalidPolicy = (problems: readonly PolicyProblem[]): Refused =>
  refuseInvalid('PRICING_POLICY.INVALID', 'The pricing policy cannot be put in force', problems);

const decide = (command: PricingPolicyCommand, state: PricingPolicyState): Decision<PricingPolicyEvent> =>
  putPricingPolicy(command, state);

/** The id of the one policy that all carts are priced by. */
export const SHOP = 'shop';

export const pricingPolicyDecider: Decider<PricingPolicyState, PricingPolicyCommand, PricingPolicyEvent> = {
  initialState,
  decide,
  evolve,
};

/** Stream `pricingpolicy-{policyId}`; a policy changes rarely, so no snapshot. */
export const pricingPolicyAggregate: Aggregate<PricingPolicyState, PricingPolicyCommand, PricingPolicyEvent> = {
  category: 'pricingpolicy',
  decider: pricingPolicyDecider,
};
