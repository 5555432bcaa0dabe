import { exponentOf, isCurrency } from './index.js';

describe('the currency catalogue', () => {
  it.each([
    ['USD', 2],
    ['EUR', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['ISK', 0],
    ['KWD', 3],
    ['BHD', 3],
    ['CLF', 4],
    ['MGA', 2],
    ['MRU', 2],
  ])('knows %s with %i decimals, as ISO 4217 lists it', (code, exponent) => {
    expect(isCurrency(code)).toBe(true);
    expect(exponentOf(code)).toBe(exponent);
  });

  it.each(['QQQ', 'usd', '', 'US', 'XXX', 'default', '__proto__'])('does not know "%s"', (code) => {
    expect(isCurrency(code)).toBe(false);
    expect(() => exponentOf(code)).toThrow(RangeError);
  });

  it('holds every currency that people pay with', () => {
    const money = ['AUD', 'BRL', 'CAD', 'CHF', 'CNY', 'CZK', 'DKK', 'GBP', 'HUF', 'INR', 'MXN', 'NOK', 'NZD', 'PLN'];
    expect(
      [...money, 'SEK', 'SGD', 'THB', 'TRY', 'UAH', 'VND', 'XAF', 'ZAR'].filter((code) => !isCurrency(code)),
    ).toEqual([]);
  });
});
