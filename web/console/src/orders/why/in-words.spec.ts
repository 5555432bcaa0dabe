import { fieldText, valueText } from './in-words.js';

describe('fields and values in words', () => {
  it.each([
    ['/totals/total', 'totals › total'],
    ['/lines/0/lineTotal', 'lines 1 › line total'],
    ['/shipments/1/lines/0/quantity', 'shipments 2 › lines 1 › quantity'],
    ['', 'the whole'],
  ])('says where "%s" is', (pointer, words) => {
    expect(fieldText(pointer)).toBe(words);
  });

  it('writes money as money, and nothing as nothing', () => {
    expect(valueText({ amount: 1250, currency: 'USD' })).toContain('12.50');
    expect(valueText(null)).toBe('nothing');
    expect(valueText('partially-shipped')).toBe('partially shipped');
    expect(valueText('3613f1b5-2b29')).toBe('3613f1b5-2b29');
    expect(valueText(3)).toBe('3');
    expect(valueText({ a: 1 })).toBe('{"a":1}');
  });
});
