import type { PolicyProblem } from '../pricing/index.js';
import { refuse } from '../shared/index.js';
import type { Refused } from '../shared/index.js';

export function invalidPromotion(problems: readonly PolicyProblem[]): Refused {
  const errors = problems.map(({ path, message }) => ({ path, message }));
  const [first = { path: '', message: 'is not valid' }, ...others] = errors;
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  // A path is empty where the promotion as a whole is meant.
  const detail = `The promotion is not valid: ${first.path || 'it'} ${first.message}${more}.`;
  return refuse('PROMOTION.INVALID', detail, { errors });
}

export const unknownPromotion = (): Refused => refuse('PROMOTION.NOT_FOUND', 'There is no such promotion.');

export const hasEnded = (): Refused =>
  refuse('PROMOTION.ENDED', 'The promotion has ended, and stays as it is; create another one.');

export const isDraft = (): Refused => refuse('PROMOTION.NOT_ACTIVE', 'The promotion was not activated yet.');

export const usedUp = (): Refused =>
  refuse('PROMOTION.USED_UP', 'The promotion has been used as often as it may be, or for as much.');

export const orderIsOver = (): Refused =>
  refuse('PROMOTION.USED_UP', 'The checkout that asked for the promotion has ended.');
