import { NO_COUPONS, readCoupons } from './coupon-draft.js';

describe('coupons that are typed', () => {
  it('are so many that nobody can guess', () => {
    expect(readCoupons(NO_COUPONS).body).toEqual({ count: 100, uses: 1 });
    const draft = { ...NO_COUPONS, count: '5', prefix: 'SUMMER-', length: '14', usesPerCustomer: '1' };
    expect(readCoupons(draft).body).toEqual({ count: 5, prefix: 'SUMMER-', length: 14, uses: 1, usesPerCustomer: 1 });
  });

  it('are codes of their own, between commas, blanks or lines', () => {
    const draft = { ...NO_COUPONS, how: 'given', codes: 'SUMMER-26, WELCOME\nHELLO-1', uses: '' };
    expect(readCoupons(draft).body).toEqual({ codes: ['SUMMER-26', 'WELCOME', 'HELLO-1'] });
  });

  it('are told where a number is none', () => {
    const draft = { ...NO_COUPONS, count: 'many', uses: '1.5' };
    expect(readCoupons(draft).misfits.map(({ path }) => path)).toEqual(['uses', 'count']);
  });
});
