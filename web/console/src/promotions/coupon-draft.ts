import type { Schema } from '../../../shared/api/index.js';
import { codesIn, DraftReader, filled, someText, type Reading } from '../form/draft-reader.js';

/** Coupons to create, as they are typed. */
export interface CouponsDraft {
  /** `generated` or `given`. */
  how: string;
  count: string;
  prefix: string;
  length: string;
  /** Between commas, blanks or lines. */
  codes: string;
  uses: string;
  usesPerCustomer: string;
}

export const NO_COUPONS: CouponsDraft = {
  how: 'generated',
  count: '100',
  prefix: '',
  length: '',
  codes: '',
  uses: '1',
  usesPerCustomer: '',
};

/** Reads what is typed for codes that are generated, or for those that are given. */
export function readCoupons(draft: CouponsDraft): Reading<Schema<'NewCoupons'>> {
  const reader = new DraftReader();
  const uses = {
    uses: reader.whole('uses', draft.uses),
    usesPerCustomer: reader.whole('usesPerCustomer', draft.usesPerCustomer),
  };
  if (draft.how === 'given') return reader.reading({ codes: [...codesIn(draft.codes)], ...filled(uses) });
  const { prefix } = draft;
  const generated = { prefix: someText(prefix), length: reader.whole('length', draft.length), ...uses };
  // Without a number it would be no request for generated codes.
  return reader.reading({ count: reader.whole('count', draft.count) ?? 0, ...filled(generated) });
}
