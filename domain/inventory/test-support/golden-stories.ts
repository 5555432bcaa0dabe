import { foldOf } from '../../shared/test-support/golden-stories.js';
import type { GoldenStories } from '../../shared/test-support/golden-stories.js';
import { inventoryDecider } from '../index.js';

export const goldenStories: GoldenStories = {
  fold: foldOf(inventoryDecider),
  stories: [
    {
      events: 'inventory.received inventory.adjusted inventory.reserved inventory.committed',
      outcome: { onHand: 11, reserved: 0 },
    },
    {
      events: 'inventory.received inventory.adjusted inventory.reserved inventory.released',
      outcome: { onHand: 14, reserved: 0 },
    },
    {
      events: 'inventory.received inventory.reservation-closed',
      outcome: {
        onHand: 10,
        reserved: 0,
        closed: new Map([['4f2d7c0a-93be-5d1c-8a6e-1c2b3d4e5f60', 1_793_614_500_000]]),
      },
    },
    { events: 'inventory.received inventory.adjusted inventory.reserved', outcome: { onHand: 14, reserved: 3 } },
  ],
};
