import { isRate, allocate, multiplyMoney, parseRate } from './money.js';

const usd = (amount: number) => ({ amount, currency: 'USD' });
const amounts = (total: number, ...weights: readonly number[]) =>
  allocate(usd(total), weights).map(({ amount }) => amount);

describe('what is spread by largest remainder', () => {
  it('goes to the largest remainder, not to the largest weight', () => {
    expect(amounts(2, 2, 1)).toEqual([1, 1]);
  });

  it('goes to the earlier of equal remainders', () => {
    expect(amounts(2, 1, 1, 1, 1)).toEqual([1, 1, 0, 0]);
    expect(amounts(3, 1, 1, 1, 1, 1)).toEqual([1, 1, 1, 0, 0]);
  });

  it.each([[[1, -1]], [[-2, 5]], [[0.5, 1]], [[Number.NaN, 1]], [[2 ** 53, 1]]])(
    'takes no weights such as %j',
    (weights) => {
      expect(() => allocate(usd(10), weights)).toThrow('weights are whole numbers from 0 on');
    },
  );
});

test('no times any amount is 0, and never −0', () => {
  expect(Object.is(multiplyMoney(usd(-5), 0).amount, 0)).toBe(true);
});

test('a rate may have several digits before its point', () => {
  expect(isRate('12.5')).toBe(true);
  expect(parseRate('12.5')).toEqual({ numerator: 125n, denominator: 10n });
});
