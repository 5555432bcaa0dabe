import { exactJson } from './exact-json.js';

describe('exact JSON', () => {
  it('writes whole numbers beyond 2^53 with all their digits', () => {
    const amounts = [2n ** 53n + 1n, -(10n ** 21n), 0n, 7];
    expect(exactJson({ amounts })).toBe('{"amounts":[9007199254740993,-1000000000000000000000,0,7]}');
  });

  it('is JSON as ever for all else, texts of digits too', () => {
    const value = { text: '9007199254740993', quoted: '"1"', none: null, left: undefined, list: [true, 1.5] };
    expect(exactJson(value)).toBe(JSON.stringify(value));
  });
});
