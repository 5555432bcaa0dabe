export type * from './commands.js';
export {
  PROMOTION_REGISTER,
  promotionAggregate,
  promotionDecider,
  promotionRegisterAggregate,
  promotionRegisterDecider,
} from './decider.js';
export type * from './events.js';
export { parsePromotion } from './parse-terms.js';
export { registerCommandOf, termsOf } from './state.js';
export type { KnownPromotion, PromotionInForce, PromotionRegisterState, PromotionState } from './state.js';
export { trialTerms } from './trial-terms.js';
export * from './view.js';
