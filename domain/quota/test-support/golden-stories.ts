import { foldOf } from '../../shared/test-support/golden-stories.js';
import type { GoldenStories } from '../../shared/test-support/golden-stories.js';
import { quotaDecider } from '../index.js';

export const goldenStories: GoldenStories = {
  fold: foldOf(quotaDecider),
  stories: [{ events: 'quota.checkout-admitted', outcome: { lastAt: Date.parse('2026-11-02T10:00:00.000Z') } }],
};
