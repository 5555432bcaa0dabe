import { majorUnits, minorUnits, moneyText } from './money.js';

describe('money on a page', () => {
  it.each([
    [1_999, 'USD', /19\.99/],
    [1_999, 'JPY', /1,999/],
    [1_999, 'KWD', /1\.999/],
    [1_999, 'MGA', /19\.99/],
    [9_007_199_254_740_991, 'USD', /90,071,992,547,409\.91/],
    [-5, 'USD', /-.*0\.05/],
  ])('writes %i of %s with the decimals that ISO 4217 lists', (amount, currency, text) => {
    expect(moneyText({ amount, currency })).toMatch(text);
  });

  it.each([
    ['12.5', 'USD', 1_250],
    [' 12,50 ', 'EUR', 1_250],
    ['7', 'JPY', 7],
    ['0.001', 'KWD', 1],
    ['90071992547409.91', 'USD', 9_007_199_254_740_991],
  ])('reads "%s" of %s', (typed, currency, amount) => {
    expect(minorUnits(typed, currency)).toBe(amount);
  });

  it.each([
    ['0', 'USD'],
    ['-1', 'USD'],
    ['1.234', 'USD'],
    ['7.5', 'JPY'],
    ['1,234.50', 'USD'],
    ['ten', 'USD'],
    ['', 'USD'],
    ['90071992547409.92', 'USD'],
  ])('refuses "%s" of %s', (typed, currency) => {
    expect(minorUnits(typed, currency)).toBeNull();
  });

  it.each([
    [1_250, 'USD', '12.50'],
    [5, 'USD', '0.05'],
    [7, 'JPY', '7'],
    [-1, 'KWD', '-0.001'],
  ])('puts %i of %s into a field as it is read back', (amount, currency, text) => {
    expect(majorUnits({ amount, currency })).toBe(text);
    if (amount > 0) expect(minorUnits(text, currency)).toBe(amount);
  });
});
