import { foldOf } from '../../shared/test-support/golden-stories.js';
import type { GoldenStories } from '../../shared/test-support/golden-stories.js';
import { customerDecider } from '../index.js';

export const goldenStories: GoldenStories = {
  fold: foldOf(customerDecider),
  stories: [
    {
      events: 'customer.first-order-confirmed',
      outcome: { status: 'buyer', firstOrderId: '4f2d7c0a-93be-5d1c-8a6e-1c2b3d4e5f60' },
    },
  ],
};
