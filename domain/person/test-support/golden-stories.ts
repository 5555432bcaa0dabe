import { foldOf } from '../../shared/test-support/golden-stories.js';
import type { GoldenStories } from '../../shared/test-support/golden-stories.js';
import { personDecider } from '../index.js';

export const goldenStories: GoldenStories = {
  fold: foldOf(personDecider),
  stories: [{ events: 'person.forgotten', outcome: { status: 'forgotten' } }],
};
