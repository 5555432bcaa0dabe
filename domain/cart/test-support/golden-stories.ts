import { foldOf } from '../../shared/test-support/golden-stories.js';
import type { GoldenStories } from '../../shared/test-support/golden-stories.js';
import { cartDecider } from '../index.js';

export const goldenStories: GoldenStories = {
  fold: foldOf(cartDecider),
  stories: [
    {
      events: 'cart.opened cart.item-added cart.item-quantity-changed cart.checked-out',
      outcome: { status: 'checked-out', subtotal: 4747 },
    },
    {
      events: 'cart.opened cart.item-added cart.checked-out cart.reopened',
      outcome: { status: 'open', subtotal: 4747 },
    },
    {
      events: 'cart.opened cart.item-added cart.coupon-added cart.coupon-removed',
      outcome: { status: 'open', changes: 3 },
    },
    {
      events: 'cart.opened cart.item-added cart.item-removed cart.abandoned',
      outcome: { status: 'abandoned', subtotal: 0 },
    },
  ],
};
