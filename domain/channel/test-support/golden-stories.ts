import { foldOf } from '../../shared/test-support/golden-stories.js';
import type { GoldenStories } from '../../shared/test-support/golden-stories.js';
import { channelDecider } from '../index.js';

export const goldenStories: GoldenStories = {
  fold: foldOf(channelDecider),
  stories: [
    {
      events: 'channel.created channel.changed',
      outcome: { status: 'open', name: 'Shop Austria', currencies: ['EUR', 'CHF'], timeZone: 'Europe/Vienna' },
    },
  ],
};
