import fc from 'fast-check';
import { allocate, allocateWhole, divideRounded, isRate, multiplyMoney, parseRate, share, spread } from './money.js';
import type { RoundingMode } from './money.js';

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

  it.each<[number, readonly number[], readonly number[]]>([
    [2, [2, 1], [1, 1]],
    [2, [1, 1, 1, 1], [1, 1, 0, 0]],
    [10, [1, 1, 4], [2, 2, 6]],
    [7, [0, 3], [0, 7]],
    [0, [1, 2], [0, 0]],
  ])('makes %i over %j the same in plain numbers and in exact ones', (total, weights, parts) => {
    expect(spread(total, weights)).toEqual(parts);
    expect(allocateWhole(BigInt(total), weights.map(BigInt))).toEqual(parts.map(BigInt));
  });

  it('needs a weight above 0, in plain numbers and in exact ones', () => {
    expect(() => spread(1, [0, 0])).toThrow('no weight is above 0');
    expect(() => allocateWhole(1n, [0n])).toThrow('no weight is above 0');
  });

  it('is exact where products and sums leave the safe integers', () => {
    const large = fc.oneof(fc.nat(9), fc.integer({ min: 2 ** 48, max: 2 ** 50 }), fc.maxSafeNat());
    const total = fc.oneof(fc.nat(9), fc.maxSafeNat());
    fc.assert(
      fc.property(total, fc.array(large, { minLength: 1, maxLength: 8 }), (amount, weights) => {
        fc.pre(weights.some((weight) => weight > 0));
        expect(spread(amount, weights).map(BigInt)).toEqual(allocateWhole(BigInt(amount), weights.map(BigInt)));
      }),
    );
    // The remainders of so large a sum do not go into one number with their places.
    const [third, most] = [2 ** 50, 2 ** 50 + 2 ** 49];
    expect(spread(1, [third, most, most])).toEqual([0, 1, 0]);
    expect(spread(2, [third, most, most])).toEqual([0, 1, 1]);
    expect(spread(3, [third + 1, third, third])).toEqual([1, 1, 1]);
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

describe('a share of an amount', () => {
  it.each<[number, readonly [number, number], RoundingMode, number]>([
    [5, [1, 2], 'half-even', 2],
    [7, [1, 2], 'half-even', 4],
    [5, [1, 2], 'half-up', 3],
    [7, [1, 3], 'half-up', 2],
    [8, [1, 3], 'half-even', 3],
    [9, [1, 3], 'half-even', 3],
    [100, [19, 119], 'half-even', 16],
    [0, [1, 2], 'half-up', 0],
    [2 ** 53 - 1, [3, 4], 'half-even', 6_755_399_441_055_743],
  ])('of %i, of which %j are taken, is rounded %s to %i', (amount, [numerator, denominator], mode, whole) => {
    expect(share(amount, { numerator, denominator }, mode)).toBe(whole);
  });

  it('is rounded as exact numbers are, also where the product leaves the safe integers', () => {
    const whole = fc.oneof(fc.nat(50), fc.maxSafeNat());
    const below = fc.integer({ min: 1, max: 1_000 });
    fc.assert(
      fc.property(whole, below, below, fc.constantFrom('half-even', 'half-up'), (amount, part, of, mode) => {
        const [numerator, denominator] = [Math.min(part, of), Math.max(part, of)];
        const exact = divideRounded(BigInt(amount) * BigInt(numerator), BigInt(denominator), mode);
        expect(share(amount, { numerator, denominator }, mode)).toBe(Number(exact));
      }),
    );
  });
});
