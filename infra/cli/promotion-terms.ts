import type { PolicyProblem, PromotionTerms } from '../../domain/pricing/index.js';
import { parsePromotion } from '../../domain/promotion/index.js';

/** What reads show beside what an admin says of a promotion. */
const SHOWN = new Set(['promotionId', 'status', 'used', 'version']);

type Reading =
  | { readonly valid: true; readonly terms: PromotionTerms }
  | { readonly valid: false; readonly problems: readonly PolicyProblem[] };

/** Reads the terms of a promotion, as POST /v1/promotions takes it or as GET /v1/promotions/{id} shows it. */
export function promotionTerms(json: unknown): Reading {
  const isShown = typeof json === 'object' && json !== null && !Array.isArray(json);
  const said = isShown ? Object.fromEntries(Object.entries(json).filter(([name]) => !SHOWN.has(name))) : json;
  const reading = parsePromotion(said);
  if (!reading.valid) return reading;
  const { description: _description, from: _from, to: _to, limits: _limits, ...terms } = reading.details;
  const named = isShown && 'promotionId' in json ? json.promotionId : undefined;
  return { valid: true, terms: { promotionId: typeof named === 'string' ? named : 'what-if', ...terms } };
}
