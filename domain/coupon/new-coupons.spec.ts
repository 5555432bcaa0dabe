import { leastLength, parseNewCoupons } from './new-coupons.js';

const problemsOf = (json: unknown): readonly string[] => {
  const reading = parseNewCoupons(json);
  if (!('refusal' in reading)) return [];
  expect(reading.refusal.code).toBe('COUPON.INVALID');
  const { errors = [] } = reading.refusal.extra ?? {};
  return (errors as { path: string; message: string }[]).map(({ path, message }) => `${path} ${message}`);
};

describe('a request for coupons', () => {
  it('names codes, in any case', () => {
    expect(parseNewCoupons({ codes: ['summer-26', ' SAVE10 '], uses: 100, usesPerCustomer: 1 })).toEqual({
      kind: 'given',
      codes: ['SUMMER-26', 'SAVE10'],
      uses: 100,
      usesPerCustomer: 1,
    });
  });

  it('or says how many there are to be, of 12 random characters that are used once', () => {
    const generated = { kind: 'generated', uses: 1 };
    expect(parseNewCoupons({ count: 100_000 })).toEqual({ ...generated, count: 100_000, prefix: '', length: 12 });
    expect(parseNewCoupons({ count: 5, prefix: 'vip-', length: 20 })).toEqual({
      ...generated,
      count: 5,
      prefix: 'VIP-',
      length: 20,
    });
    const prefix = 'P'.repeat(54);
    expect(parseNewCoupons({ count: 100_000, prefix })).toMatchObject({ prefix, length: 10 });
  });

  it('asks for the more characters the more codes there are, so that a billion guesses find one', () => {
    expect([1, 300, 1_000, 100_000].map(leastLength)).toEqual([7, 8, 9, 10]);
    expect(problemsOf({ count: 100_000, length: 9 })).toEqual(['length has to be a whole number from 10 to 64']);
  });

  it.each([
    [[], [' has to be an object', 'count has to be a whole number from 1 to 100000']],
    [{}, ['count has to be a whole number from 1 to 100000']],
    [{ codes: [] }, ['codes has to be a list with something in it']],
    [{ codes: Array.from({ length: 5_001 }, (_, n) => `CODE-${n}`) }, ['codes has to be a list of at most 5000']],
    [{ codes: ['SAVE10'], count: 3 }, ['count is not known']],
    [
      { codes: ['SAVE10', 'no', 7, 'save10', 'SÄVE'], uses: 0, usesPerCustomer: 1.5, more: true },
      [
        'uses has to be a whole number from 1 to 1000000000',
        'usesPerCustomer has to be a whole number from 1 to 1000000000',
        'more is not known',
        'codes[1] has to be 4 to 64 letters, digits and hyphens',
        'codes[2] has to be 4 to 64 letters, digits and hyphens',
        'codes[3] is named twice',
        'codes[4] has to be 4 to 64 letters, digits and hyphens',
      ],
    ],
    [{ count: 100_001 }, ['count has to be a whole number from 1 to 100000']],
    [{ count: 1, prefix: 'SÜ' }, ['prefix has to be at most 57 letters, digits and hyphens']],
    [{ count: 1, prefix: 'P'.repeat(58) }, ['prefix has to be at most 57 letters, digits and hyphens']],
    [{ count: 1, prefix: 'P'.repeat(50), length: 15 }, ['length has to be a whole number from 7 to 14']],
  ])('%j is refused with all of its problems', (json, problems) => {
    expect(problemsOf(json)).toEqual(problems);
  });
});
