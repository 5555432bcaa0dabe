import { promotionView } from '../../domain/promotion/index.js';
import type { Promotion, PromotionState } from '../../domain/promotion/index.js';

/** How often the promotion was used is no part of it: confirmed orders say that, and reads. */
export function promotionAnswer(state: PromotionState, _events: readonly unknown[], revision: number): Promotion {
  // An accepted command leaves a promotion behind.
  if (state.status === 'none') throw new Error('there is no promotion');
  return promotionView(state, revision);
}
