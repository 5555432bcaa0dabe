import type { PromotionTerms } from '../../domain/pricing/index.js';
import { promotionDecider, termsOf } from '../../domain/promotion/index.js';
import type { PromotionState, PromotionStreamEvent } from '../../domain/promotion/index.js';
import { liveModel } from '../../infra/engine/projections/live-model.js';

/** What a promotion does and for whom, whatever its status. Id: the promotionId. */
export const promotionTermsLiveModel = liveModel<PromotionState, PromotionStreamEvent, PromotionTerms>({
  name: 'promotion-terms',
  category: 'promotion',
  initialState: promotionDecider.initialState,
  evolve: promotionDecider.evolve,
  show: (state) => (state.status === 'none' ? null : termsOf(state)),
});
