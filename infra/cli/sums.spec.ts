import { parseExactly } from './exact-integers.js';
import { difference } from './sums.js';

describe('the sums of a sales report', () => {
  it('are read digit by digit, however large they are', () => {
    const json =
      '{"a":[9007199254740993,-9007199254740993,9007199254740991],"b":"9007199254740993 \\"12345678901234567"}';
    expect(parseExactly(json)).toEqual({
      a: ['9007199254740993', '-9007199254740993', 9007199254740991],
      b: '9007199254740993 "12345678901234567',
    });
  });

  it('differ by a single unit beyond 2^53', () => {
    const sum = { orders: 2, units: 2, revenue: 2n ** 53n };
    expect(difference('in all', sum, { ...sum })).toEqual([]);
    expect(difference('in all', sum, { ...sum, revenue: sum.revenue + 1n })).toEqual([
      'in all: revenue 9007199254740993 instead of 9007199254740992',
    ]);
  });
});
