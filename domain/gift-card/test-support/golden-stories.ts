import { foldOf } from '../../shared/test-support/golden-stories.js';
import type { GoldenStories } from '../../shared/test-support/golden-stories.js';
import { giftCardDecider } from '../index.js';

const story = (events: string): string =>
  events
    .split(' ')
    .map((name) => `gift-card.${name}`)
    .join(' ');

export const goldenStories: GoldenStories = {
  fold: foldOf(giftCardDecider),
  stories: [
    {
      events: story('issued held captured released refunded adjusted'),
      outcome: { card: { currency: 'EUR', balance: 4400, held: 0, credited: 5000, isBlocked: false } },
    },
    {
      events: story('issued held captured released refunded adjusted blocked expired'),
      outcome: { card: { balance: 0, held: 0, isBlocked: true, hasExpired: true } },
    },
    {
      events: story('issued reclaimed'),
      outcome: { card: { balance: 4600, reclaims: new Map([['2b6f0c1e-3d4a-5b8c-9e1f-6a7b8c9d0e1f', 400]]) } },
    },
    {
      events: story('issued reclaimed reinstated'),
      outcome: { card: { balance: 5000, reclaims: new Map([['2b6f0c1e-3d4a-5b8c-9e1f-6a7b8c9d0e1f', 0]]) } },
    },
    {
      events: story('issued hold-closed'),
      outcome: {
        card: { balance: 5000, held: 0, orders: new Map([['1a2b3c4d-5e6f-5a7b-8c9d-0e1f2a3b4c5d', closedShare()]]) },
      },
    },
  ],
};

function closedShare() {
  return { share: 0, held: 0, captured: 0, refunded: 0, isClosed: true, captureIds: new Set(), refundIds: new Set() };
}
