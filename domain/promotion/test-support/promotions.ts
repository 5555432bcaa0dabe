import type { PromotionDetails } from '../index.js';

export const FROM = '2026-07-01T00:00:00.000Z';
export const BETWEEN = '2026-07-15T00:00:00.000Z';
export const TO = '2026-08-01T00:00:00.000Z';
export const BEFORE = '2026-06-01T00:00:00.000Z';

export const promotionId = 'p-1';

/** A tenth off everything. */
export const tenth: PromotionDetails = {
  name: 'A tenth',
  priority: 0,
  combines: 'all',
  trigger: 'automatic',
  when: [],
  then: [{ type: 'percent-off', percent: '10', of: 'order' }],
};
export const inJuly: PromotionDetails = { ...tenth, from: FROM, to: TO };
