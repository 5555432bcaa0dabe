import { hash } from 'node:crypto';
import type { PricingPolicy } from './policy.js';

/** Of one policy for all orders; policies are never changed in place. */
const known = new WeakMap<PricingPolicy, string>();

/** Tells policies apart by all that they say, whatever the order of their members: sixteen hexadecimal digits. */
export const policyHash = (policy: PricingPolicy): string => {
  const before = known.get(policy);
  if (before !== undefined) return before;
  const digest = hash('sha256', JSON.stringify(policy, membersSorted), 'hex').slice(0, 16);
  known.set(policy, digest);
  return digest;
};

const membersSorted = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
