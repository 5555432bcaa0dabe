import type { PromotionTerms } from '../pricing/index.js';
import type { Refused } from '../shared/index.js';
import { parsePromotion } from './parse-terms.js';
import { invalidPromotion } from './refusals.js';
import { termsOf } from './state.js';

/** Reads from parsed JSON the terms of a promotion that is recorded nowhere; refused with all of its problems at once. */
export function trialTerms(json: unknown): PromotionTerms | Refused {
  const reading = parsePromotion(json);
  return reading.valid
    ? termsOf({ promotionId: 'trial', details: reading.details })
    : invalidPromotion(reading.problems);
}
