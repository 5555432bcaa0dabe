import { foldOf } from '../../shared/test-support/golden-stories.js';
import type { GoldenStories } from '../../shared/test-support/golden-stories.js';
import { pricingPolicyDecider } from '../index.js';

export const goldenStories: GoldenStories = {
  fold: foldOf(pricingPolicyDecider),
  stories: [{ events: 'pricing-policy.put-in-force', outcome: { policy: { name: 'shop-eu' }, fileHash: null } }],
};
